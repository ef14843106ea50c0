import Foundation
import NIOCore

/// Why a server could not run.
package struct ServerFault: Error, Sendable, CustomStringConvertible {
    package enum Reason: Sendable, Hashable {
        /// Another program listens there.
        case addressInUse
        /// A port below 1024, mostly.
        case notPermitted
        /// A name that is nobody's, or not this machine's.
        case addressUnavailable
        case other
    }

    package let reason: Reason
    package let address: ServerAddress
    package let description: String

    init(_ error: any Error, at address: ServerAddress) {
        self.address = address
        let code = (error as? IOError)?.errnoCode
        if code == EADDRINUSE {
            reason = .addressInUse
        } else if code == EACCES || code == EPERM {
            reason = .notPermitted
        } else if code == EADDRNOTAVAIL || error is SocketAddressError {
            reason = .addressUnavailable
        } else {
            reason = .other
        }
        description = "\(error)"
    }
}
