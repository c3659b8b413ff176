using OpenClaw.Gateway.Core.Agents.Options;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Sessions.Keys;
using OpenClaw.Gateway.Core.Sessions.Store;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>Carries out a <c>/queue</c> that stands alone: it sets the session's queue settings, or shows those that hold.</summary>
internal sealed class QueueCommand(SessionStores stores, IAgentConfiguration configuration)
{
    /// <summary>Does it and returns the answer for the user.</summary>
    public async Task<string> RunAsync(SessionKey key, string channel, QueueDirective directive, CancellationToken cancellationToken)
    {
        if (directive.Errors.Count > 0)
            return string.Join(' ', directive.Errors);
        if (directive.IsQuestion)
            return Describe(QueueChoice.For(configuration.Root, channel, await stores.FindAsync(key, cancellationToken).ConfigureAwait(false)));
        await stores.UpdateAsync(key, entry => Apply(entry ?? SessionEntry.Empty, directive), cancellationToken).ConfigureAwait(false);
        return Acknowledge(directive);
    }

    private static SessionEntry Apply(SessionEntry entry, QueueDirective directive)
    {
        var editor = entry.Edit();
        if (directive.Reset)
            return editor.Remove(SessionFields.QueueMode, SessionFields.QueueDebounceMs, SessionFields.QueueCap, SessionFields.QueueDrop).Build();
        if (directive.Mode is { } mode)
            editor.Set(SessionFields.QueueMode, QueueSettings.NameOf(mode));
        if (directive.DebounceMs is { } debounce)
            editor.Set(SessionFields.QueueDebounceMs, (long)debounce);
        if (directive.Cap is { } cap)
            editor.Set(SessionFields.QueueCap, cap);
        if (directive.Drop is { } drop)
            editor.Set(SessionFields.QueueDrop, QueueSettings.NameOf(drop));
        return editor.Build();
    }

    private static string Describe(QueueSettings settings) =>
        $"Current queue settings: mode={QueueSettings.NameOf(settings.Mode)}, debounce={(long)settings.Debounce.TotalMilliseconds}ms, cap={settings.Cap}, drop={QueueSettings.NameOf(settings.Drop)}.\n"
        + "Options: modes steer, followup, collect, steer+backlog, interrupt; debounce:<ms|s|m>, cap:<n>, drop:old|new|summarize.";

    private static string Acknowledge(QueueDirective directive)
    {
        var parts = new List<string>();
        if (directive.Reset)
            parts.Add("⚙️ Queue mode reset to default.");
        else if (directive.Mode is { } mode)
            parts.Add($"⚙️ Queue mode set to {QueueSettings.NameOf(mode)}.");
        if (!directive.Reset && directive.DebounceMs is { } debounce)
            parts.Add($"⚙️ Queue debounce set to {(long)debounce}ms.");
        if (!directive.Reset && directive.Cap is { } cap)
            parts.Add($"⚙️ Queue cap set to {cap}.");
        if (!directive.Reset && directive.Drop is { } drop)
            parts.Add($"⚙️ Queue drop set to {QueueSettings.NameOf(drop)}.");
        return string.Join(' ', parts);
    }
}
