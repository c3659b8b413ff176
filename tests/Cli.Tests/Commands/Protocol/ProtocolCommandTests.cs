using System.Text.Json;
using OpenClaw.Cli.Commands;
using OpenClaw.Cli.Commands.Protocol;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Protocol.Generation;
using OpenClaw.Testing;

namespace OpenClaw.Cli.Tests.Commands.Protocol;

public sealed class ProtocolCommandTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Schema_Prints_TheCheckedInDocument()
    {
        Assert.Equal(0, await RunAsync("protocol", "schema"));

        var stored = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, ProtocolArtifacts.Directory, "protocol.schema.json"));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(stored), JsonElement.Parse(_output.ToString())));
        Assert.Equal("", _error.ToString());
    }

    [Fact]
    public async Task Gen_EmptyDirectory_WritesWhatIsCheckedIn()
    {
        Directory.CreateDirectory(_folder["out"]);

        Assert.Equal(0, await RunAsync("protocol", "gen", "--out", _folder["out"]));

        foreach (var stored in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, ProtocolArtifacts.Directory)))
            Assert.Equal((await File.ReadAllTextAsync(stored)).ReplaceLineEndings("\n"), await File.ReadAllTextAsync(_folder["out", Path.GetFileName(stored)]));
    }

    [Fact]
    public async Task Gen_Check_TellsStaleFilesAndWritesNothing()
    {
        await RunAsync("protocol", "gen", "--out", _folder.Path);
        Assert.Equal(0, await RunAsync("protocol", "gen", "--check", "--out", _folder.Path));
        await File.AppendAllTextAsync(_folder["protocol.ts"], "// changed by hand\n");

        Assert.Equal(1, await RunAsync("protocol", "gen", "--check", "--out", _folder.Path));

        Assert.Contains("stale " + _folder["protocol.ts"], _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("// changed by hand\n", await File.ReadAllTextAsync(_folder["protocol.ts"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gen_NoSuchDirectory_SaysSo()
    {
        Assert.Equal(1, await RunAsync("protocol", "gen", "--out", _folder["nowhere"]));

        Assert.Contains("there is no directory", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gen_WithoutDocs_WritesNothing()
    {
        Assert.Equal(1, await new ProtocolGeneration(Context(), ContractDocs.None).ExecuteAsync(_folder.Path, checkOnly: false, CancellationToken.None));

        Assert.Empty(Directory.EnumerateFiles(_folder.Path));
        Assert.Contains(ContractDocs.FileName, _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(Context(), args);

    private CommandContext Context() => new(
        GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = new Dictionary<string, string>(),
            UserHomeDirectory = _folder.Path,
            CurrentDirectory = _folder.Path,
            TempDirectory = _folder.Path,
        }),
        _output,
        _error,
        new ConsoleTraits(IsTerminal: false, Color: false, () => 80),
        TimeProvider.System);
}
