import Testing

@testable import Service

@Suite struct EditorLinkTests {
    private func address(_ editor: String) -> String? {
        EditorLink(editor)?.address(of: "/home/ann/A B/é#?.md", line: 12, column: 3)
    }

    /// Visual Studio Code's form: "Opening VS Code with URLs" in its manual of the command line.
    @Test func knownEditors() {
        #expect(address("vscode") == "vscode://file/home/ann/A%20B/%C3%A9%23%3F.md:12:3")
        #expect(address("IDEA") == "idea://open?file=/home/ann/A%20B/%C3%A9%23%3F.md&line=12&column=3")
        #expect(EditorLink.visualStudioCode == EditorLink("vscode"))
        for name in EditorLink.names { #expect(address(name)?.contains("/home/ann/") == true, "\(name)") }
    }

    @Test func ownAddresses() {
        #expect(address("my-editor:{path}@{line}") == "my-editor:/home/ann/A%20B/%C3%A9%23%3F.md@12")
        for text in [
            "javascript:alert({path})", "JavaScript:{path}", "data:text/html,{path}", "file://{path}", "emacs", "none",
            "",
            "vscode://nothing", ":{path}", "a b:{path}", "\u{1}x:{path}",
        ] {
            #expect(EditorLink(text) == nil, "\(text)")
        }
    }
}
