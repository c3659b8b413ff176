using System.Collections.Concurrent;

namespace OpenClaw.Gateway.Core.Agents.Prompt;

/// <summary>The runs of an agent nearly always have the same prompt: those at work at the same time hold one copy of it.</summary>
internal sealed class SharedPrompts
{
    private readonly ConcurrentDictionary<string, WeakReference<string>> _last = new(StringComparer.Ordinal);

    /// <summary><paramref name="prompt"/>, or the equal one of another run.</summary>
    public string Share(string agentId, string prompt)
    {
        var last = _last.GetOrAdd(agentId, static (_, first) => new WeakReference<string>(first), prompt);
        if (last.TryGetTarget(out var shared) && shared == prompt)
            return shared;
        last.SetTarget(prompt);
        return prompt;
    }
}
