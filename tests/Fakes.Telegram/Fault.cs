namespace OpenClaw.Fakes.Telegram;

/// <summary>Something that goes wrong with the next calls.</summary>
/// <param name="Kind">What.</param>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>The method it happens to; null for any, <c>file</c> for downloads.</summary>
    public string? Method { get; init; }

    /// <summary>How often; negative for ever.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Status of an error.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Description of an error.</summary>
    public string Description { get; init; } = "Internal Server Error";

    /// <summary>Of <see cref="FaultKind.RateLimit"/>, in seconds.</summary>
    public int RetryAfter { get; init; } = 1;

    /// <summary>Of <see cref="FaultKind.Slow"/>: signalled when the answer may come.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>Of <see cref="FaultKind.BadRequest"/>: the group became this one.</summary>
    public long? MigrateToChatId { get; init; }

    public static Fault RateLimit(string? method, int seconds, int times = 1) =>
        new(FaultKind.RateLimit) { Method = method, Times = times, RetryAfter = seconds, Status = 429, Description = $"Too Many Requests: retry after {seconds}" };

    public static Fault BadRequest(string? method, string description, int times = 1) =>
        new(FaultKind.BadRequest) { Method = method, Times = times, Status = 400, Description = "Bad Request: " + description };

    public static Fault Error(string? method, int status, string description, int times = 1) =>
        new(FaultKind.BadRequest) { Method = method, Times = times, Status = status, Description = description };

    public static Fault Of(FaultKind kind, string? method = null, int times = 1) => new(kind) { Method = method, Times = times };
}

/// <summary>Kinds of <see cref="Fault"/>.</summary>
public enum FaultKind
{
    /// <summary>429 with <c>retry_after</c>; not executed.</summary>
    RateLimit,

    /// <summary>An error in the API's form, of any status; not executed.</summary>
    BadRequest,

    /// <summary>A page of a server in front; not executed.</summary>
    ServerErrorPage,

    /// <summary>200 and a page that is no answer, as from a hotel's network; not executed.</summary>
    ForeignPage,

    /// <summary>The connection is cut before anything is done.</summary>
    ResetBefore,

    /// <summary>Executed; the connection is cut instead of an answer.</summary>
    ResetAfter,

    /// <summary>Executed; half of the answer comes, then the connection is cut.</summary>
    Truncated,

    /// <summary>Executed; the answer is cut in half, and complete to HTTP.</summary>
    HalfJson,

    /// <summary>Not executed; no answer until the client goes.</summary>
    Hang,

    /// <summary>Of a poll: not answered, and that the client goes is not noticed. Only another poll ends it.</summary>
    HalfOpen,

    /// <summary>Executed; no answer until the client goes.</summary>
    HangAfter,

    /// <summary>Executed after <see cref="Fault.Gate"/>.</summary>
    Slow,
}

/// <summary>Faults that are still to happen.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _faults = [];

    /// <summary>Adds faults; of several that fit the first happens.</summary>
    public void Add(params Fault[] faults)
    {
        lock (_gate)
            _faults.AddRange(faults);
    }

    /// <summary>All is well from now on.</summary>
    public void Clear()
    {
        lock (_gate)
            _faults.Clear();
    }

    internal Fault? Take(string method)
    {
        lock (_gate)
        {
            var index = _faults.FindIndex(fault => fault.Method is null || fault.Method == method);
            if (index < 0)
                return null;
            var fault = _faults[index];
            if (fault.Times == 1)
                _faults.RemoveAt(index);
            else if (fault.Times > 1)
                _faults[index] = fault with { Times = fault.Times - 1 };
            return fault;
        }
    }
}
