using System.Text.RegularExpressions;
using OpenClaw.Testing;

namespace OpenClaw.Architecture.Tests;

/// <summary>What the documents point to exists.</summary>
public sealed partial class DocumentLinkTests
{
    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Path, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Where(name => !Foreign().IsMatch(name))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void RelativeLinks_LeadSomewhere(string document)
    {
        var path = Path.Combine(RepositoryRoot.Path, document);
        var dead = Link().Matches(Code().Replace(File.ReadAllText(path), ""))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal) && !LeadsSomewhere(path, target));

        Assert.Empty(dead);
    }

    [Fact]
    public void Documents_AreFound() => Assert.Contains("README.md", ((IEnumerable<object[]>)Documents).Select(row => (string)row[0]));

    private static bool LeadsSomewhere(string document, string target)
    {
        var parts = target.Split('#', 2);
        var file = parts[0].Length == 0 ? document : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(parts[0])));
        if (parts.Length == 1 || parts[1].Length == 0)
            return File.Exists(file) || Directory.Exists(file);
        return File.Exists(file) && (!file.EndsWith(".md", StringComparison.Ordinal) || Heading().Matches(File.ReadAllText(file)).Any(match => Anchor(match.Groups["text"].Value) == parts[1]));
    }

    private static string Anchor(string heading) => NotInAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("(^|/)(obj|bin|node_modules|artifacts)/")]
    private static partial Regex Foreign();

    [GeneratedRegex(@"!?\[[^\]]*\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)")]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+\s+(?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex NotInAnchor();
}
