import Documents
import Foundation
import Logging
package import Values

/// Where a server tells what it does.
package struct ServerLog: Sendable {
    package typealias Field = (name: String, value: Value)

    package enum Level: String, Sendable, CaseIterable {
        case debug, info, warning, error
    }

    let logger: Logger

    /// One object a line on standard error: `{"level":"info","message":"…","time":"2026-03-01T12:30:05Z", …}`.
    package static func jsonLines(from level: Level = .info) -> ServerLog {
        // A log that nobody reads any more is no reason to end.
        ServerLog(level: level) { try? FileHandle.standardError.write(contentsOf: Data($0.utf8)) }
    }

    package static let silent = ServerLog(level: .error) { _ in }

    init(level: Level, write: @escaping @Sendable (String) -> Void) {
        var logger = Logger(label: "report") { _ in JSONLogHandler(write: write) }
        logger.logLevel = level.ofLibrary
        self.logger = logger
    }

    package func log(_ level: Level, _ message: String, _ fields: [Field] = []) {
        guard logger.logLevel <= level.ofLibrary else { return }
        logger.log(
            level: level.ofLibrary, "\(message)",
            metadata: Dictionary(
                fields.map { ($0.name, .stringConvertible(LoggedValue(value: $0.value))) }, uniquingKeysWith: { $1 }))
    }

    /// A request that was answered; what watches over a program asks often, and is told of in detail only.
    package func log(_ record: RequestRecord) {
        let isProbe = ["/healthz", "/readyz", "/metrics"].contains(record.path) && record.status < 500
        let parts = record.duration.components
        log(
            isProbe ? .debug : record.status < 500 ? .info : .warning, "request",
            [
                ("method", .string(record.method)), ("path", .string(record.path)), ("status", Value(record.status)),
                (
                    "milliseconds",
                    Value(Double(parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000) / 1000)
                ),
                ("bytesRead", Value(record.bytesRead)), ("bytesWritten", Value(record.bytesWritten)),
            ] + (record.refusal.map { [("refusal", .string($0.rawValue))] } ?? []))
    }

    /// What the library under the server has to say is for those who mend it.
    var ofLibrary: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}

extension ServerLog.Level {
    fileprivate var ofLibrary: Logger.Level {
        switch self {
        case .debug: .debug
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}

/// A value on its way through the library, which knows only texts.
private struct LoggedValue: CustomStringConvertible, Sendable {
    let value: Value
    var description: String { value.canonicalJSON }
}

/// Lines of canonical JSON: what is logged cannot break a line or a field.
private struct JSONLogHandler: LogHandler {
    let write: @Sendable (String) -> Void
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    init(write: @escaping @Sendable (String) -> Void) { self.write = write }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line: Object = [:]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            if case .stringConvertible(let logged as LoggedValue) = value {
                line[key] = logged.value
            } else {
                line[key] = .string("\(value)")
            }
        }
        line["time"] = .string(CalendarTime.timestamp(Int64(Date().timeIntervalSince1970.rounded(.down))))
        line["level"] = .string(event.level.rawValue)
        line["message"] = .string("\(event.message)")
        write(Value.object(line).canonicalJSON + "\n")
    }
}
