using System.Text.Json.Nodes;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Fakes.Telegram;
using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>Files larger than any queue takes, in and out, with all in one process and with the channel in one of its own.</summary>
public sealed class TelegramMediaTests
{
    private const long Bob = 42;

    [Theory]
    [AllInOne]
    [Distributed]
    public async Task LargeFile_ComesInAndGoesOutWhole(Composition composition)
    {
        await using var scene = await TelegramScene.StartAsync();
        var sections = scene.SectionsWith().Replace("dmPolicy:", "mediaMaxMb: 20, dmPolicy:", StringComparison.Ordinal);
        await using var gateway = await IRunningGateway.StartAsync(composition, sections);
        await using var telegram = gateway is DistributedGateway distributed ? await distributed.LaunchTelegramAsync() : null;
        var content = new byte[12 << 20];
        new Random(7).NextBytes(content);

        scene.Bot.Enqueue(Updates.Of(Updates.Message(Bob, 1).With("caption", "message 42-1. keep this").With("document", new JsonObject { ["file_id"] = scene.Bot.AddFile(content), ["file_name"] = "a.bin", ["file_size"] = content.Length })));
        await TestTimeouts.Until(() => scene.AnsweredIn(Bob).Contains(1), "the file to be taken");
        var path = System.Text.RegularExpressions.Regex.Match(scene.Model.Requests[0].LastUserText, @"\[media attached: (\S+\.bin) ").Groups[1].Value;
        Assert.Equal(content, await File.ReadAllBytesAsync(path));

        var workspace = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "workspace"));
        await File.WriteAllBytesAsync(Path.Combine(workspace, "a.bin"), content);
        scene.Model.Enqueue(FakeReply.Text("here it is\nMEDIA:./a.bin"));
        scene.Say(Bob, 2);
        await scene.Bot.WaitAsync(bot => bot.CallsOf("sendDocument").Count > 0, TestTimeouts.Wait);

        var sent = scene.Bot.CallsOf("sendDocument")[0];
        Assert.Equal("here it is", sent["caption"]);
        Assert.Equal(content, sent.Files["document"].Content);
    }
}
