import Documents
import Foundation
import Synchronization

/// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
enum HTTPDate {
    private static let latest = Mutex((second: Int64.min, text: ""))

    /// The time that it is; its text is made once a second.
    static func now() -> String {
        let second = Int64(Date().timeIntervalSince1970.rounded(.down))
        return latest.withLock { latest in
            if latest.second != second { latest = (second, text(second)) }
            return latest.text
        }
    }

    static func text(_ seconds: Int64) -> String {
        // 1970-01-01 was a Thursday.
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let count = Int(seconds / 86_400)
        let date = CalendarTime.date(days: count)
        let iso = CalendarTime.timestamp(seconds)
        let month = CalendarTime.monthNames[date.month - 1].prefix(3)
        return
            "\(days[count % 7]), \(iso.dropFirst(8).prefix(2)) \(month) \(iso.prefix(4)) \(iso.dropFirst(11).prefix(8)) GMT"
    }
}
