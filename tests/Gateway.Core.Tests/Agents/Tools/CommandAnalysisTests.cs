using OpenClaw.Gateway.Core.Agents.Tools.Exec;

namespace OpenClaw.Gateway.Core.Tests.Agents.Tools;

public sealed class CommandAnalysisTests
{
    [Theory]
    [InlineData("ls -la", "ls|-la", "")]
    [InlineData("echo 'a b' \"c d\" e\\ f", "echo|a b|c d|e f", "")]
    [InlineData("echo hi | wc -l", "echo|hi / wc|-l", "|")]
    [InlineData("a && b || c ; d", "a / b / c / d", "&&,||,;")]
    [InlineData("grep \"a\\\"b\" ''", "grep|a\"b|", "")]
    [InlineData("echo a'b'\"c\"", "echo|abc", "")]
    public void Parse_PlainCommands_GivesTheirWords(string line, string words, string operators)
    {
        var analysis = CommandAnalysis.Parse(line);

        Assert.NotNull(analysis);
        Assert.Equal(words, string.Join(" / ", analysis.Commands.Select(static c => string.Join('|', c))));
        Assert.Equal(operators, string.Join(',', analysis.Operators));
    }

    [Theory]
    [InlineData("echo $HOME")]
    [InlineData("echo \"$HOME\"")]
    [InlineData("echo `id`")]
    [InlineData("echo \"`id`\"")]
    [InlineData("echo $(id)")]
    [InlineData("(id)")]
    [InlineData("{ id; }")]
    [InlineData("id > out")]
    [InlineData("id 2>&1")]
    [InlineData("cat < in")]
    [InlineData("cat <<EOF")]
    [InlineData("id &")]
    [InlineData("id & id")]
    [InlineData("id\nid")]
    [InlineData("id\rid")]
    [InlineData("id |& id")]
    [InlineData("id;;id")]
    [InlineData("ls *.txt")]
    [InlineData("ls ?")]
    [InlineData("ls [a]")]
    [InlineData("ls ~")]
    [InlineData("id # comment")]
    [InlineData("! id")]
    [InlineData("A=1 id")]
    [InlineData("PATH=/tmp id")]
    [InlineData("id |")]
    [InlineData("| id")]
    [InlineData("id ; ; id")]
    [InlineData("echo 'open")]
    [InlineData("echo \"open")]
    [InlineData("echo open\\")]
    [InlineData("'' id")]
    [InlineData("")]
    [InlineData("   ")]
    public void Parse_AnythingElse_IsNotPlain(string line) => Assert.Null(CommandAnalysis.Parse(line));

    [Fact]
    public void Quote_HostileWords_CannotLeaveTheirQuotes()
    {
        var line = CommandAnalysis.Quote([["/bin/echo", "a'; id; '", "$(id)", "x y"], ["/usr/bin/wc", "-l"]], ["|"]);

        Assert.Equal("'/bin/echo' 'a'\\''; id; '\\''' '$(id)' 'x y' | '/usr/bin/wc' '-l'", line);
    }

    [Theory]
    [InlineData("safe text", "safe text")]
    [InlineData("rm \u202Eabc", "rm \\u{202e}abc")]
    [InlineData("a\u200Bb", "a\\u{200b}b")]
    [InlineData("a\u00A0b\u001B[2K", "a\\u{a0}b\\u{1b}[2K")]
    [InlineData("line\nnext", "line\\nnext")]
    [InlineData("x\u3164y", "x\\u{3164}y")]
    [InlineData("grüße 日本 🙂", "grüße 日本 🙂")]
    public void Display_HiddenCharacters_AreWrittenOut(string text, string shown) => Assert.Equal(shown, DisplayText.Escape(text));

    [Theory]
    [InlineData("/usr/bin/*", "/usr/bin/git", true)]
    [InlineData("/usr/bin/*", "/usr/bin/sub/git", false)]
    [InlineData("/usr/**", "/usr/bin/sub/git", true)]
    [InlineData("/USR/bin/GIT", "/usr/bin/git", true)]
    [InlineData("~/bin/tool", "/home/u/bin/tool", true)]
    [InlineData("/usr/bin/g?t", "/usr/bin/git", true)]
    [InlineData("/usr/bin/git", "/usr/bin/git-evil", false)]
    [InlineData("git", "/usr/bin/git", false)]
    [InlineData("", "/usr/bin/git", false)]
    public void Glob_Matches_WholePathOnly(string pattern, string path, bool matches) =>
        Assert.Equal(matches, PathGlob.Matches(pattern, path, "/home/u"));

    [Theory]
    [InlineData("wc", "-l", true)]
    [InlineData("grep", "-i pattern", true)]
    [InlineData("grep", "-rn pattern", false)]
    [InlineData("grep", "pattern /etc/passwd", false)]
    [InlineData("grep", "pattern present.txt", false)]
    [InlineData("grep", "--file=x pattern", false)]
    [InlineData("sort", "-n", true)]
    [InlineData("sort", "-o out", false)]
    [InlineData("sort", "--outp=out", false)]
    [InlineData("sort", "--compress-program=sh", false)]
    [InlineData("head", "-n 5", true)]
    [InlineData("head", "../x", false)]
    [InlineData("uniq", "-c", true)]
    [InlineData("uniq", "- out", false)]
    [InlineData("jq", ".name", true)]
    [InlineData("jq", "$ENV.SECRET", false)]
    [InlineData("jq", "-f prog", false)]
    [InlineData("tail", "-f", false)]
    [InlineData("tr", "a-z A-Z", true)]
    public void SafeBin_OnlyAsFilter(string program, string arguments, bool allowed)
    {
        var directory = Directory.CreateTempSubdirectory("openclaw-test-");
        try
        {
            File.WriteAllText(Path.Combine(directory.FullName, "present.txt"), "");
            Assert.Equal(allowed, SafeBins.Allows(program, arguments.Split(' '), directory.FullName));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
