import Testing
import Workspace

/// Which addresses are of the public internet, by the special-purpose registries (RFC 6890).
@Suite struct HostAddressTests {
    @Test(arguments: [
        "93.184.216.34", "8.8.8.8", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1", "192.167.1.1",
        "223.255.255.255",
        "2606:2800:220:1::1", "2a00:1450::1",
    ])
    func publicOnes(text: String) { #expect(HostAddress(text)?.isPublic == true) }

    @Test(arguments: [
        "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1",
        "172.31.9.9",
        "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fd12::1", "fe80::1",
        "ff02::1",
        "::ffff:10.0.0.1", "::ffff:93.184.216.34", "64:ff9b::a00:1", "2001:db8::1", "2002:a00:1::1", "2001:0:1::1",
    ])
    func others(text: String) { #expect(HostAddress(text)?.isPublic == false) }

    @Test(arguments: ["", "example.org", "1.2.3", "0x7f.1", "127.1", "1.2.3.4.5", "::g"])
    func noAddresses(text: String) { #expect(HostAddress(text) == nil) }

    @Test func ofThisMachine() { #expect(HostAddress.of("localhost").contains { !$0.isPublic }) }
}
