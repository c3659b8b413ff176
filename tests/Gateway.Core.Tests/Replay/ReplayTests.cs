using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Tests.Support;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Replay;

/// <summary>The recorded sessions, against this gateway. What differs on purpose is listed in <c>deviations.json</c>, and nothing else may.</summary>
public sealed class ReplayTests
{
    private static readonly Deviations Listed = Deviations.Load();

    public static TheoryData<string> Files => [.. Transcript.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Recording_IsAnsweredAsRecorded(string file)
    {
        var scenario = ReplayScenarios.Of(file);
        var clock = scenario.Advance.Count > 0 ? new ManualTimeProvider() : null;
        await using var model = scenario.WithModel ? await FakeModelServer.StartAsync() : null;
        model?.Enqueue([.. RecordedModel.Replies(Transcript.Load(file))]);
        var config = model is null ? scenario.Config : RecordedModel.Config(model.OpenAiBaseUrl);
        using var log = new ErrorLog();
        await using var host = await GatewayTestHost.StartAsync(new GatewayTestSetup
        {
            Config = config,
            Variables = scenario.Variables,
            Time = clock,
            Services = services => services.AddSingleton<ILoggerProvider>(log),
            Seed = scenario.Seed,
        });
        await using var session = new ReplaySession(file, scenario, Listed, host, clock);

        await session.RunAsync();

        var listed = session.Listed;
        var unlisted = session.Differences.Where(difference => !listed.Any(entry => entry.Covers(difference)));
        var stale = listed.Where(entry => !entry.Depends && !session.Differences.Any(entry.Covers)).Select(entry => $"  listed, but does not occur: [{entry.Frame}] {entry.Differs}");
        var errors = log.Errors.Select(error => $"  logged: {error}");
        var report = string.Join('\n', unlisted.Select(difference => difference.ToString()).Concat(stale).Concat(errors));
        Assert.True(report.Length == 0, $"{file}:\n{report}");
    }

    [Fact]
    public void Deviations_NameRecordingsThatAreReplayed_AndGiveAReason()
    {
        Assert.All(Listed.Entries, entry => Assert.False(string.IsNullOrWhiteSpace(entry.Reason)));
        Assert.Empty(Listed.Entries.SelectMany(entry => entry.Files).Where(file => file != "*").Concat(Listed.Skipped.Select(skipped => skipped.File)).Except(Transcript.Names));
        Assert.All(Listed.Skipped, skipped =>
        {
            Assert.False(string.IsNullOrWhiteSpace(skipped.Reason));
            Assert.All(skipped.Numbers, number => Assert.InRange(number, 1, Transcript.Load(skipped.File).Lines.Count));
        });
    }
}
