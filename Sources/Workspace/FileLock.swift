/// A file that at most one holder has at a time, whatever process it is in, until it lets go or ends.
///
/// Its bytes are the holder's to write: they are not replaced as a whole, which would leave others waiting for the old file.
package protocol FileLock: AnyObject {
    /// What the file holds; at most `limit` bytes of it.
    func contents(limit: Int) throws(FileError) -> [UInt8]
    /// Writes the file anew, in place.
    func write(_ bytes: [UInt8]) throws(FileError)
    /// Lets go; a second time does nothing.
    func release()
}
