namespace OpenClaw.Testing;

/// <summary>The one bound on how long a test waits for something that must happen.</summary>
public static class TestTimeouts
{
    /// <summary>Generous, because machines are noisy: it is only ever reached by a failing test.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

    /// <summary>Awaits <paramref name="task"/>, failing the test after <see cref="Wait"/>.</summary>
    public static Task WithTimeout(this Task task) => task.WaitAsync(Wait);

    /// <inheritdoc cref="WithTimeout(Task)"/>
    public static Task<T> WithTimeout<T>(this Task<T> task) => task.WaitAsync(Wait);

    /// <summary>Polls <paramref name="condition"/> until it holds. Prefer an awaited signal where there is one.</summary>
    public static Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), () => what);

    /// <inheritdoc cref="Until(Func{bool}, string)"/>
    public static Task Until(Func<Task<bool>> condition, string what) => Until(condition, () => what);

    /// <summary>Polls <paramref name="condition"/> until it holds; <paramref name="what"/> is asked only when it never does.</summary>
    public static async Task Until(Func<Task<bool>> condition, Func<string> what)
    {
        using var stop = new CancellationTokenSource(Wait);
        while (!await condition())
        {
            if (stop.IsCancellationRequested)
                throw new TimeoutException($"Waited {Wait.TotalSeconds:0} s for: {what()}");
            // What is waited for happens outside of this process's reach, so there is nothing to await.
            await Task.Delay(5, CancellationToken.None);
        }
    }
}
