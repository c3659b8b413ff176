using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Fakes.OpenAi;
using OpenClaw.Gateway.Core.Http.Requests;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Http;

/// <summary>Many large requests at once, and what becomes of those that are refused.</summary>
public sealed class BodyLimitsTests
{
    [Fact]
    public void Share_GrowsAsLongAsThereIsRoom_AndGivesBack()
    {
        var budget = new BodyBudget(100);
        var first = budget.Open();
        using var second = budget.Open();

        Assert.True(first.TryGrowTo(40));
        Assert.True(first.TryGrowTo(80));
        Assert.False(second.TryGrowTo(21));
        Assert.True(second.TryGrowTo(20));
        Assert.False(first.TryGrowTo(81));

        first.Dispose();
        first.Dispose();
        Assert.True(second.TryGrowTo(100));
        Assert.False(second.TryGrowTo(101));
    }

    [Fact]
    public async Task BodiesOverTheBudget_Get503_UntilOneIsAnswered()
    {
        await using var host = await ApiHost.StartAsync(services: static services => services.AddSingleton(new BodyBudget(1500)));
        var release = new TaskCompletionSource();
        host.Model.Enqueue(FakeReply.Script(new WaitStep(release.Task), new TextStep("ok")));

        var first = AskAsync(host, 1000);
        await host.Model.WaitForRequestsAsync(1, TestTimeouts.Wait);
        var refused = await AskAsync(host, 1000);
        var small = await AskAsync(host, 100);
        release.SetResult();

        Assert.Equal((503, "unavailable"), (refused.Status, (string?)refused.Json["error"]!["type"]));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal((200, 200), (small.Status, (await first).Status));
        // What it held is given back after the last byte of its answer.
        await TestTimeouts.Until(async () => (await AskAsync(host, 1000)).Status == 200, "room for the next request");
    }

    [Theory]
    [InlineData("v1/chat/completions", """{"model":"openclaw","messages":[{"role":"user","content":"TEXT"}]}""")]
    [InlineData("v1/responses", """{"model":"openclaw","input":"TEXT"}""")]
    [InlineData("v1/responses", """{"model":"openclaw","input":"hi","instructions":"TEXT"}""")]
    public async Task TextThatNoModelCouldRead_Is400_BeforeTheModelIsAsked(string path, string body)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.PostAsync(path, body.Replace("TEXT", new string('x', (32_000 * 16) + 1), StringComparison.Ordinal));

        Assert.Equal((400, "context_length_exceeded"), (answer.Status, (string?)answer.Json["error"]!["code"]));
        Assert.Empty(host.Model.Requests);
    }

    [Fact]
    public async Task RefusedBody_IsReadToItsEnd_AfterTheAnswer()
    {
        var body = new MemoryStream(new byte[100_000]);
        var context = new DefaultHttpContext { Request = { Body = body } };

        await new UnreadBody(new ManualTimeProvider()).DiscardAsync(context, CancellationToken.None);

        Assert.Equal(body.Length, body.Position);
    }

    [Fact]
    public async Task RefusedBody_ThatNeverEnds_IsLeftAfterAWhile()
    {
        var time = new ManualTimeProvider();
        using var body = new EndlessBody();
        var context = new DefaultHttpContext { Request = { Body = body } };

        var discarding = new UnreadBody(time).DiscardAsync(context, CancellationToken.None);
        await body.Waiting.WithTimeout();
        Assert.False(discarding.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(30));

        await discarding.WithTimeout();
    }

    private static Task<ApiAnswer> AskAsync(ApiHost host, int chars) =>
        host.PostAsync("v1/chat/completions", $$"""{"model":"openclaw","messages":[{"role":"user","content":"{{new string('x', chars)}}"}]}""");

    /// <summary>A body of which more is always still to come.</summary>
    private sealed class EndlessBody : MemoryStream
    {
        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Waiting => _waiting.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _waiting.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
