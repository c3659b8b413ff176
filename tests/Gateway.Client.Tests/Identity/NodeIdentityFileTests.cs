using System.Text.Json.Nodes;
using OpenClaw.Gateway.Client.Identity;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Client.Tests.Identity;

public sealed class NodeIdentityFileTests : IDisposable
{
    private readonly TempDirectory _state = new(inMemory: true);

    private NodeIdentityFile Sut => new(_state.Path);

    public void Dispose() => _state.Dispose();

    [Fact]
    public void Load_NoFile_MakesAnIdThatStaysOnceSaved()
    {
        var made = Sut.Load();
        Sut.Save(made);

        Assert.True(Guid.TryParse(made.NodeId, out _));
        Assert.Equal(made, Sut.Load());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Sut.FilePath));
    }

    [Fact]
    public void Save_KeepsWhatThePeerWrote()
    {
        File.WriteAllText(_state["node.json"], """{"version":1,"nodeId":"n-1","token":"t","displayName":"Attic","gateway":{"host":"h","port":1,"tls":true,"other":2},"new":[3]}""");

        var identity = Sut.Load();
        Sut.Save(identity with { Port = 18789 });

        Assert.Equal(new NodeIdentity("n-1", "Attic", "h", 1, true), identity);
        var stored = JsonNode.Parse(File.ReadAllText(_state["node.json"]))!;
        Assert.Equal(("t", 18789, 2, 3), ((string?)stored["token"], (int)stored["gateway"]!["port"]!, (int)stored["gateway"]!["other"]!, (int)stored["new"]![0]!));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("""{"version":1,"nodeId":7,"gateway":{"port":99999,"tls":"yes"}}""")]
    [InlineData("""{"version":1,"nodeId":" ","gateway":[]}""")]
    public void Load_Nonsense_CountsAsNothing(string text)
    {
        File.WriteAllText(_state["node.json"], text);

        var identity = Sut.Load();

        Assert.Equal((true, null, false), (Guid.TryParse(identity.NodeId, out _), identity.Port, identity.Tls));
    }
}
