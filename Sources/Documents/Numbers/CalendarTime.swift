/// Dates and times of day as seconds since 1970 began, in UTC and the Gregorian calendar: no zone, no locale, no clock.
package enum CalendarTime {
    package static let day = 86_400.0

    /// Days from 1970-01-01 to a date (Hinnant 2013, "chrono-compatible low-level date algorithms").
    package static func days(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date that stands so many days after 1970-01-01.
    package static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let z = days + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }

    /// Reads `2026-03-01`, `2026-03`, `2026-03-01T12:30`, `2026-03-01 12:30:05`, with or without a `Z`; nil for anything
    /// else, and for dates that no calendar has.
    package static func seconds(parsing text: String) -> Double? {
        var bytes = Array(text.utf8)
        if bytes.last == UInt8(ascii: "Z") { bytes.removeLast() }
        func number(_ from: Int, _ count: Int) -> Int? {
            guard from + count <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[from..<(from + count)] {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
                value = value * 10 + Int(byte - UInt8(ascii: "0"))
            }
            return value
        }
        func has(_ at: Int, _ marks: String) -> Bool { at < bytes.count && marks.utf8.contains(bytes[at]) }
        guard let year = number(0, 4), has(4, "-"), let month = number(5, 2), (1...12).contains(month) else {
            return nil
        }
        guard bytes.count > 7 else { return Double(days(year: year, month: month, day: 1)) * day }
        guard has(7, "-"), let date = number(8, 2), date >= 1 else { return nil }
        let count = days(year: year, month: month, day: date)
        guard self.date(days: count).day == date else { return nil }
        guard bytes.count > 10 else { return bytes.count == 10 ? Double(count) * day : nil }
        guard has(10, "T "), let hour = number(11, 2), hour < 24, has(13, ":"), let minute = number(14, 2), minute < 60
        else { return nil }
        var second = 0
        if bytes.count > 16 {
            guard bytes.count == 19, has(16, ":"), let written = number(17, 2), written < 60 else { return nil }
            second = written
        }
        return Double(count) * day + Double(hour * 3600 + minute * 60 + second)
    }

    /// `2026-03-01T12:30:05Z`, as RFC 3339 has it.
    package static func timestamp(_ seconds: Int64) -> String {
        let length = Int64(day)
        let count = seconds >= 0 ? seconds / length : (seconds - length + 1) / length
        let (year, month, date) = self.date(days: Int(count))
        let rest = Int(seconds - count * length)
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let day = "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))"
        return "\(day)T\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
    }

    /// `1 March 2026`, with the time of day where there is one.
    package static func text(_ seconds: Double) -> String {
        let count = (seconds / day).rounded(.down)
        guard count.magnitude < 1e9 else { return "" }
        let (year, month, date) = self.date(days: Int(count))
        let rest = Int(seconds - count * day)
        let written = "\(date) \(monthNames[month - 1]) \(year)"
        return rest == 0 ? written : written + ", " + clock(rest)
    }

    /// `2026-03-01`, or `2026-03-01T09:30` where there is a time of day (ISO 8601); empty beyond the years 0 to 9999.
    package static func written(_ seconds: Double) -> String {
        let count = (seconds / day).rounded(.down)
        guard count.magnitude < 1e9 else { return "" }
        let (year, month, date) = self.date(days: Int(count))
        guard (0...9999).contains(year) else { return "" }
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let rest = Int(seconds - count * day)
        let written = "\(padded(year, 4))-\(padded(month, 2))-\(padded(date, 2))"
        return rest == 0 ? written : written + "T" + clock(rest)
    }

    /// `09:30`, or with seconds where there are any.
    package static func clock(_ secondsOfDay: Int) -> String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
        let minutes = two(secondsOfDay / 3600) + ":" + two(secondsOfDay / 60 % 60)
        return secondsOfDay % 60 == 0 ? minutes : minutes + ":" + two(secondsOfDay % 60)
    }

    package static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
