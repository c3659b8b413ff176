using System.Text.Json;
using OpenClaw.Gateway.Core.Onboarding.Steps;

namespace OpenClaw.Gateway.Core.Onboarding.Sessions;

/// <summary>Where a session stands.</summary>
/// <param name="Status">running, done, cancelled or error; the words of the protocol.</param>
/// <param name="Step">The question that waits, while it runs.</param>
/// <param name="Error">Why it ended without having done anything.</param>
internal sealed record WizardState(string Status, WizardStep? Step = null, string? Error = null)
{
    public bool Done => Status != Running;

    public const string Running = "running";
}

/// <summary>A wizard whose questions are fetched, one by one, and answered when it pleases somebody.</summary>
internal sealed class WizardSession : IWizardConversation, IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Pending? _pending;
    private WizardState? _outcome;

    /// <param name="run">The wizard; how it ended.</param>
    public WizardSession(Func<IWizardConversation, CancellationToken, Task<WizardState>> run) => _work = RunAsync(run);

    public string Id { get; } = Guid.NewGuid().ToString();

    public bool IsRunning
    {
        get
        {
            lock (_lock)
                return _outcome is null;
        }
    }

    /// <summary>Waits until there is a question or an end.</summary>
    public async Task<WizardState> StateAsync(CancellationToken cancellation)
    {
        while (true)
        {
            Task moved;
            lock (_lock)
            {
                if (_outcome is not null)
                    return _outcome;
                if (_pending is not null)
                    return new WizardState(WizardState.Running, _pending.Step);
                moved = _moved.Task;
            }
            await moved.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Answers the question that waits. What is wrong with the answer, or null; the question then waits on.</summary>
    public string? Answer(string stepId, JsonElement? value)
    {
        Pending pending;
        lock (_lock)
        {
            if (_pending is null || _pending.Step.Id != stepId)
                return "wizard: no pending step";
            if (_pending.Step.ProblemOf(value) is { } problem)
                return "wizard: " + problem;
            pending = _pending;
            _pending = null;
            NextMove();
        }
        pending.Answer.TrySetResult(value?.Clone());
        return null;
    }

    public async Task CancelAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _work.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await CancelAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    async Task<JsonElement?> IWizardConversation.AskAsync(WizardStep step, CancellationToken cancellation)
    {
        var pending = new Pending(step);
        lock (_lock)
        {
            _pending = pending;
            Move();
        }
        return await pending.Answer.Task.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task RunAsync(Func<IWizardConversation, CancellationToken, Task<WizardState>> run)
    {
        // What a bug leaves; its exception is thrown to who waits.
        var outcome = new WizardState("error", Error: "the wizard failed");
        try
        {
            // Off the caller's stack: the constructor ends first.
            await Task.Yield();
            outcome = await run(this, _end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            outcome = new WizardState("cancelled", Error: "cancelled");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            outcome = new WizardState("error", Error: e.Message);
        }
        finally
        {
            lock (_lock)
            {
                _outcome = outcome;
                _pending = null;
                Move();
            }
        }
    }

    /// <summary>Wakes who waits for the next state.</summary>
    private void Move()
    {
        _moved.TrySetResult();
        NextMove();
    }

    private void NextMove()
    {
        if (_moved.Task.IsCompleted)
            _moved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed record Pending(WizardStep Step)
    {
        public TaskCompletionSource<JsonElement?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
