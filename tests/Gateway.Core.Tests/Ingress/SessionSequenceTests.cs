using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Bus;
using OpenClaw.Gateway.Bus.InProcess;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Core.Ingress;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Core.Tests.Ingress;

public sealed class SessionSequenceTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly ManualTimeProvider _time = new();
    private ServiceProvider _services = null!;
    private SessionSequence _sequence = null!;
    private string _first = "";
    private DeliveredMessage _second = null!;

    private IBus Bus => _services.GetRequiredService<IBus>();

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddInProcessBus(options => options.StateDirectory = _directory.Path).BuildServiceProvider();
        _sequence = new SessionSequence(Bus, _time);
        _first = await AppendAsync();
        _second = new DeliveredMessage(Message, await AppendAsync(), _first, ComesBack: false);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task WaitForTurn_NothingBefore_IsAtOnce() =>
        Assert.True(await _sequence.WaitForTurnAsync(_second with { Before = null }, default).AsTask().WithTimeout());

    [Fact]
    public async Task WaitForTurn_TheOneBeforeIsHere_WaitsUntilItWasHandedOn()
    {
        using var first = _sequence.Arrive(_first);
        var turn = _sequence.WaitForTurnAsync(_second, default).AsTask();
        // However long that takes: it is here, and needs nobody's place.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(turn.IsCompleted);
        first.HandedOn();
        Assert.True(await turn.WithTimeout());
    }

    [Fact]
    public async Task WaitForTurn_TheOneBeforeWasHandedOnAndIsOver_IsAtOnce()
    {
        using (var first = _sequence.Arrive(_first))
        {
            first.HandedOn();
            first.Over();
        }
        Assert.True(await _sequence.WaitForTurnAsync(_second, default).AsTask().WithTimeout());
    }

    [Fact]
    public async Task WaitForTurn_TheOneBeforeIsElsewhere_GivesUpAfterAWhile()
    {
        var turn = _sequence.WaitForTurnAsync(_second, default).AsTask();
        await PassUntilAsync(turn);
        Assert.False(await turn);
    }

    [Fact]
    public async Task WaitForTurn_TheOneBeforeLeavesWithoutBeingHandedOn_GivesUpAfterAWhile()
    {
        var first = _sequence.Arrive(_first);
        var turn = _sequence.WaitForTurnAsync(_second, default).AsTask();
        first.Dispose();
        await PassUntilAsync(turn);
        Assert.False(await turn);
    }

    [Fact]
    public async Task WaitForTurn_TheOneBeforeIsSettledElsewhere_Goes()
    {
        var turn = _sequence.WaitForTurnAsync(_second, default).AsTask();
        await using (await Bus.Queues.ConsumeAsync(MessageIngress.QueueName, (delivery, _) => new ValueTask<QueueVerdict>(delivery.Id == _first ? QueueVerdict.Done : QueueVerdict.Postpone(TimeSpan.FromHours(1)))))
            await TestTimeouts.Until(async () => await Bus.Queues.FindBeforeAsync(MessageIngress.QueueName, _second.Id) is null, "the first one is settled");
        await PassUntilAsync(turn);
        Assert.True(await turn);
    }

    [Fact]
    public async Task WaitForTurn_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var turn = _sequence.WaitForTurnAsync(_second, stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => turn.WithTimeout());
    }

    private async Task PassUntilAsync(Task turn)
    {
        using var stop = new CancellationTokenSource(TestTimeouts.Wait);
        while (!turn.IsCompleted && !stop.IsCancellationRequested)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            // Real time too: what the passing of time set off has to run.
            await Task.WhenAny(turn, Task.Delay(1, CancellationToken.None));
        }
    }

    private async Task<string> AppendAsync() =>
        (await Bus.Queues.AppendAsync(MessageIngress.QueueName, new QueueEntry { Series = Message.SessionKey, Payload = "x"u8.ToArray() })).Id!;

    private static AcceptedMessage Message { get; } = new()
    {
        RunId = "m", AcceptedAtMs = 1, AgentId = "main", SessionKey = "agent:main:s", SessionId = "s", Text = "text",
    };
}
