using OpenClaw.Gateway.Bus.Calls;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>A call between its sending and its end. Its result is null when the deadline was first.</summary>
internal sealed class PendingCall : IDisposable
{
    private readonly TaskCompletionSource<CallResult?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _deadline;

    public PendingCall(TimeSpan timeout, TimeProvider time) =>
        _deadline = time.CreateTimer(static call => ((PendingCall)call!)._ended.TrySetResult(null), this, timeout, Timeout.InfiniteTimeSpan);

    public Guid Id { get; } = Guid.NewGuid();

    public string? Server { get; set; }

    public Task<CallResult?> Ended => _ended.Task;

    public void End(CallResult result) => _ended.TrySetResult(result);

    public void Dispose() => _deadline.Dispose();
}
