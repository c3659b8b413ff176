using System.Text.RegularExpressions;
using OpenClaw.Testing;

namespace OpenClaw.Architecture.Tests;

/// <summary>Log event ids are stable and unique: people build alerts on them.</summary>
public sealed partial class DiagnosticsTests
{
    [Fact]
    public void EventIds_AreUniqueOverTheProduct()
    {
        var twice = Ids().GroupBy(found => found.Id).Where(group => group.Count() > 1);

        Assert.Empty(twice.Select(group => $"{group.Key}: {string.Join(", ", group.Select(found => found.File))}"));
    }

    [Fact]
    public void EventIds_AreAllInTheTable()
    {
        var table = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "diagnostics.md"));
        var documented = TableRow().Matches(table).Select(match => int.Parse(match.Groups[1].Value));

        Assert.Equal(Ids().Select(found => found.Id).Order(), documented.Order());
    }

    private static List<(int Id, string File)> Ids()
    {
        var files = Directory.EnumerateFiles(RepositoryRoot.Path, "*.cs", SearchOption.AllDirectories)
            .Where(path => !NotProduct().IsMatch(Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/')))
            .Select(path => (Name: Path.GetFileName(path), Text: File.ReadAllText(path)))
            .ToList();
        var constants = files.SelectMany(file => Constant().Matches(file.Text)).ToLookup(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        return files.SelectMany(file => Message().Matches(file.Text).Select(match => (Resolve(match.Groups[1].Value, constants), file.Name))).ToList();
    }

    private static int Resolve(string id, ILookup<string, int> constants) => int.TryParse(id, out var number) ? number : constants[id.Split('.')[^1]].Single();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId = )?([\w.]+)\s*,")]
    private static partial Regex Message();

    [GeneratedRegex(@"const int (\w+) = (\d+);")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("^(tests|bench|artifacts|eng)/|/(obj|bin|node_modules)/|^\\.")]
    private static partial Regex NotProduct();
}
