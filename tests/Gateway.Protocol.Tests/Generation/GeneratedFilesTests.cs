using System.Text;
using OpenClaw.Gateway.Protocol.Generation;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Protocol.Tests.Generation;

public sealed class GeneratedFilesTests
{
    private static readonly IReadOnlyList<ProtocolArtifact> Fresh = new ProtocolArtifacts(ContractDocs.LoadFrom(AppContext.BaseDirectory)).Generate();

    public static TheoryData<string> Names { get; } = new(Fresh.Select(file => file.FileName));

    [Theory]
    [MemberData(nameof(Names))]
    public void CheckedInFile_Contract_IsUpToDate(string name)
    {
        var path = Path.Combine(RepositoryRoot.Path, ProtocolArtifacts.Directory, name);
        var fresh = Lines(Encoding.UTF8.GetString(Fresh.Single(file => file.FileName == name).Utf8.Span));
        var stored = File.Exists(path) ? Lines(File.ReadAllText(path)) : [];

        var difference = Enumerable.Range(0, Math.Max(fresh.Length, stored.Length)).FirstOrDefault(i => fresh.ElementAtOrDefault(i) != stored.ElementAtOrDefault(i), -1);

        Assert.True(
            difference < 0,
            $"{ProtocolArtifacts.Directory}/{name} is stale from line {difference + 1} on:\n- {stored.ElementAtOrDefault(difference)}\n+ {fresh.ElementAtOrDefault(difference)}\n"
            + $"Regenerate with: {ProtocolArtifacts.Command}");
    }

    [Fact]
    public void Folder_Files_AreAllGenerated() =>
        Assert.Equal(
            Fresh.Select(file => file.FileName).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, ProtocolArtifacts.Directory)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    // A checkout with other line ends is not stale.
    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');
}
