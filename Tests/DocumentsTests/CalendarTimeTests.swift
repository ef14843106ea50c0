import Documents
import Testing

/// Dates as seconds; expected values from GNU `date -u -d … +%s`.
@Suite struct CalendarTimeTests {
    @Test(arguments: [
        ("1970-01-01", 0.0), ("2000-02-29", 951_782_400), ("2026-03", 1_772_323_200), ("1969-12-31", -86_400),
        ("2026-11-28T09:30", 1_795_858_200), ("2026-11-28 09:30:05Z", 1_795_858_205), ("1900-03-01", -2_203_891_200),
        ("0001-01-01", -62_135_596_800),
    ])
    func reads(text: String, seconds: Double) {
        #expect(CalendarTime.seconds(parsing: text) == seconds)
    }

    @Test(arguments: [
        "", "2026", "2026-13", "2026-00-01", "2026-02-29", "2026-04-31", "2026-1-1", "26-01-01", "2026-01-01T24:00",
        "2026-01-01T12", "2026-01-01T12:60", "2026-01-01T12:00:00.5", "2026-01-01x", "yesterday", "２０２６-01-01",
    ])
    func refuses(text: String) {
        #expect(CalendarTime.seconds(parsing: text) == nil)
    }

    /// Every day of four centuries and a bit is the one after the day before, and reads back.
    @Test func daysFollowEachOther() {
        var last = (year: 0, month: 0, day: 0)
        for count in -160_000..<20_000 {
            let date = CalendarTime.date(days: count)
            #expect(CalendarTime.days(year: date.year, month: date.month, day: date.day) == count)
            if count > -160_000 {
                let isNext =
                    date.day == last.day + 1 && date.month == last.month
                    || date.day == 1 && last.day >= 28 && (date.month == last.month + 1 || date.month == 1)
                #expect(isNext, "\(last) \(date)")
            }
            last = date
        }
    }

    @Test func writes() {
        #expect(CalendarTime.text(951_782_400) == "29 February 2000")
        #expect(CalendarTime.text(-1) == "31 December 1969, 23:59:59")
        #expect(CalendarTime.text(1_795_858_200) == "28 November 2026, 09:30")
    }
}
