using OpenClaw.Gateway.Protocol.Methods.Sessions;

namespace OpenClaw.Gateway.Core.Sessions.Usage;

/// <summary>Counts messages and calls of tools.</summary>
internal sealed class MessageCounts
{
    private long _user;
    private long _assistant;
    private long _toolCalls;
    private long _toolResults;
    private long _errors;

    public void Add(UsageEntry entry)
    {
        if (entry.IsUser)
            _user++;
        else
            _assistant++;
        _toolCalls += entry.Tools.Count;
        _toolResults += entry.ToolResults.Total;
        _errors += entry.ToolResults.Errors + (entry.IsFailed ? 1 : 0);
    }

    public void Add(UsageMessages other)
    {
        _user += other.User;
        _assistant += other.Assistant;
        _toolCalls += other.ToolCalls;
        _toolResults += other.ToolResults;
        _errors += other.Errors;
    }

    public UsageMessages ToMessages() => new()
    {
        Total = _user + _assistant,
        User = _user,
        Assistant = _assistant,
        ToolCalls = _toolCalls,
        ToolResults = _toolResults,
        Errors = _errors,
    };

    public DailyUsageMessages OnDay(string date) => new()
    {
        Date = date,
        Total = _user + _assistant,
        User = _user,
        Assistant = _assistant,
        ToolCalls = _toolCalls,
        ToolResults = _toolResults,
        Errors = _errors,
    };
}
