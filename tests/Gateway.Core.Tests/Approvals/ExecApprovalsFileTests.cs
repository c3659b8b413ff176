using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Approvals;
using OpenClaw.Gateway.Protocol.Methods.Approvals;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Approvals;

public sealed class ExecApprovalsFileTests : IDisposable
{
    private readonly TempDirectory _directory = new(inMemory: true);
    private readonly ExecApprovalsFile _file;

    public ExecApprovalsFileTests() => _file = new ExecApprovalsFile(FilePath, new ManualTimeProvider());

    private string FilePath => _directory["exec-approvals.json"];

    public void Dispose()
    {
        _file.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Read_MakesAFile_WithASecretThatIsNotShown()
    {
        var shown = await _file.ReadAsync(default);

        Assert.Null(shown.File.Socket!.Token);
        Assert.Equal(_directory["exec-approvals.sock"], shown.File.Socket.Path);
        Assert.NotEmpty((string)Stored()["socket"]!["token"]!);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        Assert.Equal(shown.Hash, (await _file.ReadAsync(default)).Hash);
    }

    [Fact]
    public async Task Replace_KeepsTheSecret_AndNamesTheEntries()
    {
        var before = await _file.ReadAsync(default);
        var token = (string)Stored()["socket"]!["token"]!;
        var wanted = new ExecApprovalsDocument
        {
            Version = 1,
            Agents = new Dictionary<string, ExecApprovalsAgent> { ["main"] = new() { Allowlist = [new ExecAllowlistEntry { Pattern = "/bin/ls" }] } },
        };

        var (status, result) = await _file.ReplaceAsync(wanted, before.Hash, default);

        Assert.Equal(ApprovalsWriteStatus.Done, status);
        Assert.NotEqual(before.Hash, result!.Hash);
        Assert.True(Guid.TryParse(result.File.Agents!["main"].Allowlist![0].Id, out _));
        Assert.Equal(token, (string?)Stored()["socket"]!["token"]);
    }

    [Fact]
    public async Task Replace_BySomebodyWhoSawAnotherContent_IsRefused_AndChangesNothing()
    {
        var before = await _file.ReadAsync(default);
        var wanted = new ExecApprovalsDocument { Version = 1, Defaults = new ExecApprovalsDefaults { Security = "full" } };

        Assert.Equal(ApprovalsWriteStatus.HashRequired, (await _file.ReplaceAsync(wanted, null, default)).Status);
        Assert.Equal(ApprovalsWriteStatus.Changed, (await _file.ReplaceAsync(wanted, "zzz", default)).Status);
        Assert.Equal(before.Hash, (await _file.ReadAsync(default)).Hash);
    }

    [Fact]
    public async Task Replace_OfABrokenFile_KeepsACopy()
    {
        await File.WriteAllTextAsync(FilePath, "{ not json");
        var shown = await _file.ReadAsync(default);

        var (status, _) = await _file.ReplaceAsync(new ExecApprovalsDocument { Version = 1 }, shown.Hash, default);

        Assert.Equal(ApprovalsWriteStatus.Done, status);
        Assert.Equal("{ not json", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_directory.Path, "*.broken-*"))));
    }

    [Fact]
    public async Task Change_KeepsWhatThisVersionDoesNotKnow()
    {
        await File.WriteAllTextAsync(FilePath, """{"version":1,"later":{"x":1}}""");

        await _file.ChangeAsync(root => { root["agents"] = new JsonObject(); return true; }, default);

        Assert.Equal(1, (int)Stored()["later"]!["x"]!);
    }

    private JsonNode Stored() => JsonNode.Parse(File.ReadAllText(FilePath))!;
}
