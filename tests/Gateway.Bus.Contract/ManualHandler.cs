using System.Threading.Channels;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Testing;

namespace OpenClaw.Gateway.Bus.Contract;

/// <summary>A queue handler that waits for the test to say what becomes of each delivery.</summary>
public sealed class ManualHandler
{
    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>();

    public async ValueTask<QueueVerdict> HandleAsync(QueueDelivery delivery, CancellationToken cancellationToken)
    {
        var turn = new Turn(delivery);
        _turns.Writer.TryWrite(turn);
        return await turn.Verdict.WaitAsync(cancellationToken);
    }

    /// <summary>The next delivery.</summary>
    public Task<Turn> NextAsync() => _turns.Reader.ReadAsync().AsTask();

    /// <summary>The next <paramref name="count"/> deliveries by their payload, ended as done.</summary>
    public async Task<List<string>> TakeAsync(int count)
    {
        var payloads = new List<string>();
        while (payloads.Count < count)
        {
            var turn = await NextAsync().WithTimeout();
            payloads.Add(turn.Text);
            turn.End(QueueVerdict.Done);
        }
        return payloads;
    }

    /// <summary>Whether a delivery waits for the test.</summary>
    public bool HasTurn => _turns.Reader.TryPeek(out _);
}

/// <summary>A delivery that is being handled.</summary>
public sealed class Turn(QueueDelivery delivery)
{
    private readonly TaskCompletionSource<QueueVerdict> _verdict = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueueDelivery Delivery => delivery;

    public string Text => System.Text.Encoding.UTF8.GetString(delivery.Payload.Span);

    public Task<QueueVerdict> Verdict => _verdict.Task;

    public void End(QueueVerdict verdict) => _verdict.TrySetResult(verdict);

    public void Throw(Exception exception) => _verdict.TrySetException(exception);
}
