import Crypto
import Foundation

/// The MD5 of some bytes, 16 bytes: a hash that every SQL engine has, for choosing and never for protecting.
package func md5(_ bytes: some Sequence<UInt8>) -> [UInt8] { Array(Insecure.MD5.hash(data: Data(bytes))) }
