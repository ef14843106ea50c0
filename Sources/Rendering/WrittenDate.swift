/// An ISO date as people write it, "22 November 2026"; anything else stays as it is.
package func writtenDate(_ date: String) -> String {
    let parts = date.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
        let day = Int(parts[2]), (1...12).contains(month), (1...31).contains(day)
    else { return date }
    let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    return "\(day) \(names[month - 1]) \(year)"
}
