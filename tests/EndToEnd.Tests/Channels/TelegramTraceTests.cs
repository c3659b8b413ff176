using OpenClaw.Testing;

namespace OpenClaw.EndToEnd.Tests.Channels;

/// <summary>A message of a channel is one trace: from the channel through the queue to the core, its run and the model, and back to the channel.</summary>
public sealed class TelegramTraceTests
{
    [DistributedFact]
    public async Task TelegramTurn_IsOneTraceFromTheChannelToTheChannel()
    {
        await using var collector = await TraceCollector.StartAsync();
        await using var scene = await TelegramScene.StartAsync();
        await using var gateway = await DistributedGateway.StartAsync(scene.Sections, "", collector.Variables);
        await using var telegram = await gateway.LaunchTelegramAsync();

        scene.Say(42, 1);
        await TestTimeouts.Until(() => scene.AnsweredIn(42).Count > 0, "the message to be answered");

        // The model's server is told of the trace; whoever took part in the turn knows the same.
        var trace = scene.Model.Requests.First(request => request.LastUserText.Contains("message 42-1.", StringComparison.Ordinal)).Headers["traceparent"].Split('-')[1];
        foreach (var (service, span) in ((string, string)[])[("telegram", "channel.receive"), ("core", "bus.deliver"), ("core", "agent.run"), ("telegram", "channel.send")])
            await TestTimeouts.Until(() => collector.Has(service, span, trace), $"{service}'s span {span}");
    }
}
