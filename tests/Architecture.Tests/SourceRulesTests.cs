using System.Text.RegularExpressions;
using OpenClaw.Testing;

namespace OpenClaw.Architecture.Tests;

/// <summary>House rules that the compiler's analyzers do not know.</summary>
public sealed partial class SourceRulesTests
{
    private const int MaxLines = 400;

    private static readonly string[] ForbiddenEndings = ["Manager", "Helper", "Helpers", "Utils", "Util", "Common", "Misc", "Stuff"];

    private static IEnumerable<(string Name, string Text)> ProductSources() =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'), Path: path))
            .Where(file => !NotProduct().IsMatch(file.Name))
            .Select(file => (file.Name, File.ReadAllText(file.Path)));

    [Fact]
    public void SourceFiles_StaySmall()
    {
        var large = ProductSources().Select(file => (file.Name, Lines: file.Text.Count(c => c == '\n'))).Where(file => file.Lines > MaxLines);

        Assert.Empty(large);
    }

    [Fact]
    public void SourceFiles_AreNoDrawers()
    {
        var drawers = ProductSources().Where(file => ForbiddenEndings.Any(ending => Path.GetFileNameWithoutExtension(file.Name).EndsWith(ending, StringComparison.Ordinal)));

        Assert.Empty(drawers.Select(file => file.Name));
    }

    [Fact]
    public void SourceFiles_LeaveNothingUnfinished()
    {
        var unfinished = ProductSources().Where(file => Unfinished().IsMatch(file.Text)).Select(file => file.Name);

        Assert.Empty(unfinished);
    }

    [Fact]
    public void SourceFiles_HoldNoMutableStatics()
    {
        var mutable = ProductSources().SelectMany(file => MutableStatic().Matches(file.Text).Select(match => $"{file.Name}: {match.Value.Trim()}"));

        Assert.Empty(mutable);
    }

    [Fact]
    public void TestClasses_AreCleanedUp()
    {
        // This xunit calls IAsyncLifetime and IDisposable, but never IAsyncDisposable: what such a class starts would go on for ever.
        var leaking = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => AsyncDisposableTests().IsMatch(File.ReadAllText(path)))
            .Select(Path.GetFileName);

        Assert.Empty(leaking);
    }

    [GeneratedRegex("^(tests|bench|artifacts|eng)/|/(obj|bin|node_modules)/")]
    private static partial Regex NotProduct();

    [GeneratedRegex(@"NotImplementedException|//\s*(TODO|FIXME|HACK)\b|#region|catch\s*(\([^)]*\))?\s*\{\s*\}")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s+(private|internal|public)\s+static\s+(?!readonly|partial|async|extern|implicit|explicit|class|record|void|abstract|new|event|unsafe)[\w<>\[\],?. ]+\s+_?\w+\s*(=[^>]|;)", RegexOptions.Multiline)]
    private static partial Regex MutableStatic();

    [GeneratedRegex(@"class\s+\w+Tests\b[^{]*\bIAsyncDisposable\b")]
    private static partial Regex AsyncDisposableTests();
}
