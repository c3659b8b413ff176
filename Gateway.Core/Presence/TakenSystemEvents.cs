using System.Globalization;
using System.Text;

namespace OpenClaw.Gateway.Core.Presence;

/// <summary>Something that the main session is to hear of.</summary>
internal sealed record SystemEvent(DateTimeOffset At, string Text);

/// <summary>System events on their way into a turn.</summary>
internal sealed class TakenSystemEvents(IReadOnlyList<SystemEvent> remarks, IReadOnlyList<KeptSystemEvent> kept, Action<IReadOnlyList<SystemEvent>> putBack) : IDisposable
{
    private bool _isOver;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<SystemEvent> Events { get; } =
        [.. remarks.Concat(kept.Select(static file => new SystemEvent(file.At, file.Text))).OrderBy(static waiting => waiting.At)];

    /// <summary>A message with a line for each event in front.</summary>
    public string PutBefore(string message)
    {
        if (Events.Count == 0)
            return message;
        var lines = new StringBuilder();
        foreach (var (at, text) in Events)
            lines.Append(CultureInfo.InvariantCulture, $"System: [{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC] ").Append(text.ReplaceLineEndings(" ")).Append('\n');
        return lines.Append('\n').Append(message).ToString();
    }

    /// <summary>The message that tells them is stored: they wait no longer.</summary>
    public void Told()
    {
        _isOver = true;
        foreach (var file in kept)
            file.Forget();
    }

    public void Dispose()
    {
        foreach (var file in kept)
            file.Dispose();
        if (!_isOver)
            putBack(remarks);
        _isOver = true;
    }
}
