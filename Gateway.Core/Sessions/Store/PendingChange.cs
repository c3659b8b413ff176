using OpenClaw.Gateway.Core.Sessions.Keys;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>A change that waits for the next write of its file.</summary>
internal abstract class PendingChange(SessionKeyRules rules)
{
    public SessionKeyRules Rules { get; } = rules;

    /// <summary>May say something new about the session with this key.</summary>
    public abstract bool IsAbout(SessionKey key);

    /// <summary>Runs the change; what it throws is its own and does not touch its neighbours in the same write.</summary>
    public abstract void Apply(SessionTableEditor table);

    /// <summary>Tells the caller: <paramref name="failure"/> is why the write failed, null when it is on disk.</summary>
    public abstract void Complete(Exception? failure);
}

/// <summary>A change that nobody waits for and nobody misses: what the next one stores replaces it.</summary>
internal sealed class PendingNote(SessionKeyRules rules, Action<SessionTableEditor> change) : PendingChange(rules)
{
    public override bool IsAbout(SessionKey key) => false;

    public override void Apply(SessionTableEditor table)
    {
        table.BeginChange();
        change(table);
        table.EndChange();
    }

    public override void Complete(Exception? failure)
    {
        // The disk that refused it refuses the next change too, and somebody waits for that one.
    }
}

/// <param name="rules">How keys are spelled.</param>
/// <param name="only">The one session that it is about; null where it may be about any.</param>
/// <param name="change">The change.</param>
internal sealed class PendingChange<T>(SessionKeyRules rules, SessionKey? only, Func<SessionTableEditor, T> change) : PendingChange(rules)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _thrown;
    private T? _result;

    public Task<T> Done => _done.Task;

    public override bool IsAbout(SessionKey key) => only is null || only == key;

    public override void Apply(SessionTableEditor table)
    {
        table.BeginChange();
        try
        {
            _result = change(table);
            table.EndChange();
        }
        catch (Exception e)
        {
            table.UndoChange();
            _thrown = e;
        }
    }

    public override void Complete(Exception? failure)
    {
        if ((_thrown ?? failure) is { } reason)
            _done.TrySetException(reason);
        else
            _done.TrySetResult(_result!);
    }
}
