using OpenClaw.Gateway.Core.Sessions;
using OpenClaw.Gateway.Core.Sessions.Store;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Sessions.Store;

public sealed class SessionPathsTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Sessions => _directory["state", "agents", "main", "sessions"];

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("..")]
    [InlineData(".hidden")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("C:x")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a..b")]
    [InlineData("%2e%2e/x")]
    [InlineData("…")]
    public void TranscriptFile_HostileSessionId_GivesNoPath(string id)
    {
        Assert.Null(Paths().TranscriptFile("main", id));
        Assert.Null(Paths().TranscriptFile("main", Entry(id)));
    }

    [Fact]
    public void TranscriptFile_RandomIds_NeverLeaveTheDirectory()
    {
        var random = new Random(5);
        const string Alphabet = "ab./\\:%\0 ~-_+2e";
        var paths = Paths();
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            foreach (var path in new[] { paths.TranscriptFile(text, "ok", text), paths.TranscriptFile("main", text), paths.TranscriptFile("main", Entry("id", text)), paths.TranscriptFile("main", Entry("id", Sessions + "/" + text)) })
            {
                if (path is null)
                    continue;
                Assert.Equal(Path.GetFullPath(path), path);
                Assert.StartsWith(_directory["state", "agents"] + "/", path, StringComparison.Ordinal);
                Assert.EndsWith(".jsonl", path, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void TranscriptFile_Ids_AreThePeersNames()
    {
        Assert.Equal(Path.Combine(Sessions, "a42776ea-cacb-42b9-bff6-d8938c2d4362.jsonl"), Paths().TranscriptFile("main", "a42776ea-cacb-42b9-bff6-d8938c2d4362"));
        Assert.Equal(Path.Combine(Sessions, "id-topic-a%2Fb.jsonl"), Paths().TranscriptFile("main", "id", "a/b"));
        Assert.Equal(_directory["state", "agents", "etc", "sessions", "id.jsonl"], Paths().TranscriptFile("../etc", "id"));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../../../../../etc/passwd.jsonl")]
    [InlineData("sessions.json")]
    public void TranscriptFile_StoredPathOutside_FallsBackToTheId(string stored) =>
        Assert.Equal(Path.Combine(Sessions, "id.jsonl"), Paths().TranscriptFile("main", Entry("id", stored)));

    [Fact]
    public void TranscriptFile_StoredPathInside_IsUsed()
    {
        var forked = Path.Combine(Sessions, "2026-11-21T04-33-27-663Z_abc.jsonl");
        Assert.Equal(forked, Paths().TranscriptFile("main", Entry("id", forked)));
        Assert.Equal(forked, Paths().TranscriptFile("main", Entry("id", "2026-11-21T04-33-27-663Z_abc.jsonl")));
    }

    [Fact]
    public void TranscriptFile_StoredPathOfAnotherMachine_IsFoundByItsName()
    {
        Directory.CreateDirectory(Sessions);
        File.WriteAllText(Path.Combine(Sessions, "fork.jsonl"), "");

        Assert.Equal(Path.Combine(Sessions, "fork.jsonl"), Paths().TranscriptFile("main", Entry("id", "/home/other/.openclaw/agents/main/sessions/fork.jsonl")));
    }

    [Fact]
    public void ExistingTranscript_LinkOutOfTheDirectory_IsNotFollowed()
    {
        Directory.CreateDirectory(Sessions);
        File.WriteAllText(_directory["secret.jsonl"], "");
        File.CreateSymbolicLink(Path.Combine(Sessions, "id.jsonl"), _directory["secret.jsonl"]);

        Assert.Null(Paths().ExistingTranscript("main", Entry("id")));
    }

    [Fact]
    public void StoreFile_ConfiguredPath_IsExpanded()
    {
        Assert.Equal(Path.Combine(Sessions, "sessions.json"), Paths().StoreFile("main"));
        Assert.Equal("/home/u/s/ops.json", Paths("~/s/{agentId}.json").StoreFile("Ops"));
        Assert.False(Paths("~/s/{agentId}.json").IsShared);
        Assert.Equal(_directory["state", "all.json"], Paths("all.json").StoreFile("ops"));
        Assert.True(Paths("all.json").IsShared);
        Assert.Equal("(multiple)", Paths().Description);
    }

    [Fact]
    public void AgentIds_NoneConfigured_AreTheFoldersWithTheDefaultFirst()
    {
        foreach (var id in new[] { "zeta", "Alpha", "main" })
            Directory.CreateDirectory(_directory["state", "agents", id]);

        Assert.Equal(["main", "alpha", "zeta"], Paths().AgentIds());
        Assert.Equal(["boss", "a"], new SessionPaths(new SessionSettings { StateDirectory = _directory["state"], DefaultAgentId = "Boss", ConfiguredAgentIds = ["A", "boss", ""] }).AgentIds());
    }

    public void Dispose() => _directory.Dispose();

    private SessionPaths Paths(string? store = null) => new(new SessionSettings { StateDirectory = _directory["state"] + "/", HomeDirectory = "/home/u", StorePath = store });

    private static SessionEntry Entry(string id, string? file = null) => SessionEntry.Empty.Edit().Set("sessionId", id).Set("sessionFile", file).Build();
}
