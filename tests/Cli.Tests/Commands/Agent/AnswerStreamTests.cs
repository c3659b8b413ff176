using System.Text.Json;
using OpenClaw.Cli.Commands.Agent;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Connections;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Tests.Commands.Agent;

public sealed class AnswerStreamTests
{
    private readonly StringWriter _screen = new() { NewLine = "\n" };

    [Fact]
    public async Task Show_GrowingText_IsPrintedAsItComesAndNotAgain()
    {
        var stream = Stream();
        await stream.ShowAsync(Notices(Assistant("Hel"), Assistant("Hello wor"), Assistant("Hello world")), CancellationToken.None);
        Assert.Equal("Hello world", _screen.ToString());

        await stream.FinishAsync("Hello world");

        Assert.Equal("Hello world\n", _screen.ToString());
    }

    [Fact]
    public async Task Finish_TextTheStreamDidNotReach_IsCompleted()
    {
        var stream = Stream();
        await stream.ShowAsync(Notices(Assistant("Hello")), CancellationToken.None);

        await stream.FinishAsync("Hello world");

        Assert.Equal("Hello world\n", _screen.ToString());
    }

    [Fact]
    public async Task Finish_AnotherText_IsPrintedWhole()
    {
        var stream = Stream();
        await stream.ShowAsync(Notices(Assistant("draft")), CancellationToken.None);

        await stream.FinishAsync("The answer");

        Assert.Equal("draft\nThe answer\n", _screen.ToString());
    }

    [Fact]
    public async Task Show_MessageAfterATool_StartsOnALineOfItsOwn()
    {
        var stream = Stream();
        await stream.ShowAsync(Notices(Assistant("Let me look."), Assistant("It"), Assistant("It rains.")), CancellationToken.None);

        await stream.FinishAsync("Let me look.\nIt rains.");

        Assert.Equal("Let me look.\nIt rains.\n", _screen.ToString());
    }

    [Fact]
    public async Task Show_OtherRunsStreamsAndNonsense_AreIgnored()
    {
        var stream = Stream();

        await stream.ShowAsync(
            Notices(
                Event("""{"runId":"other","stream":"assistant","data":{"text":"no"}}"""),
                Event("""{"runId":"run","stream":"tool","data":{"text":"no"}}"""),
                Event("""{"runId":"run","stream":"assistant","data":7}"""),
                Event("[]"),
                Event("{"),
                new GatewaySeqGap(1, 5)),
            CancellationToken.None);

        Assert.Equal("", _screen.ToString());
    }

    [Fact]
    public async Task Show_ControlCharacters_DoNotReachTheTerminal()
    {
        var stream = Stream();

        await stream.ShowAsync(Notices(Assistant("\e[2Jhi")), CancellationToken.None);
        await stream.FinishAsync("\e[2Jhi");

        Assert.Equal("\\x1b[2Jhi\n", _screen.ToString());
    }

    private AnswerStream Stream()
    {
        var environment = GatewayEnvironment.Create(new EnvironmentInputs
        {
            Variables = new Dictionary<string, string>(), UserHomeDirectory = "/nowhere", CurrentDirectory = "/nowhere", TempDirectory = "/nowhere",
        });
        return new AnswerStream(new CommandContext(environment, _screen, TextWriter.Null, new ConsoleTraits(true, false, () => 80), TimeProvider.System), "run", live: true);
    }

    private static GatewayEvent Assistant(string text) => Event("{\"runId\":\"run\",\"stream\":\"assistant\",\"data\":{\"text\":" + JsonSerializer.Serialize(text) + "}}");

    private static GatewayEvent Event(string json) => new("agent", System.Text.Encoding.UTF8.GetBytes(json), null);

    private static async IAsyncEnumerable<GatewayNotice> Notices(params GatewayNotice[] notices)
    {
        foreach (var notice in notices)
        {
            await Task.Yield();
            yield return notice;
        }
    }
}
