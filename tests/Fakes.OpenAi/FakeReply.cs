namespace OpenClaw.Fakes.OpenAi;

/// <summary>What the server answers to one request: an error status, or a script of steps.</summary>
public sealed record FakeReply
{
    /// <summary>200, or an error to answer with.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Text of an error.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>Type of an error, e.g. <c>invalid_request_error</c>.</summary>
    public string ErrorType { get; init; } = "invalid_request_error";

    /// <summary>Value of <c>retry-after</c>, in seconds.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Replaces the whole error body.</summary>
    public string? RawErrorBody { get; init; }

    /// <summary>What happens, in order.</summary>
    public IReadOnlyList<FakeStep> Steps { get; init; } = [];

    /// <summary>Tokens to report; null reports none.</summary>
    public FakeUsage? Usage { get; init; } = new();

    /// <summary><c>stop</c>, <c>length</c>, <c>tool_calls</c>, <c>content_filter</c>; null derives it from the steps.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Streams the pieces and stops.</summary>
    public static FakeReply Text(params string[] pieces) => new() { Steps = [.. pieces.Select(static p => new TextStep(p))] };

    /// <summary>Calls one tool, its arguments in pieces of seven characters.</summary>
    public static FakeReply Tool(string name, string argumentsJson, string? id = null) =>
        new() { Steps = [new ToolStep(name, argumentsJson) { Id = id }] };

    /// <summary>Runs a script.</summary>
    public static FakeReply Script(params FakeStep[] steps) => new() { Steps = steps };

    /// <summary>Answers with an error status.</summary>
    public static FakeReply Error(int status, string message, int? retryAfterSeconds = null) => new()
    {
        Status = status,
        ErrorMessage = message,
        ErrorType = status switch
        {
            429 => "rate_limit_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        },
        RetryAfterSeconds = retryAfterSeconds,
    };
}

/// <summary>Token counts in OpenAI's meaning: the prompt count includes the cached ones.</summary>
public sealed record FakeUsage(int Prompt = 30, int Completion = 5, int Cached = 10, int Reasoning = 0, int CacheWrite = 0);

/// <summary>One thing the server does while it answers.</summary>
public abstract record FakeStep;

/// <summary>Visible text.</summary>
public sealed record TextStep(string Text) : FakeStep;

/// <summary>Reasoning; <paramref name="Field"/> is where an OpenAI-like server puts it.</summary>
public sealed record ReasoningStep(string Text, string Field = "reasoning_content") : FakeStep;

/// <summary>A tool call, its arguments in fragments.</summary>
public sealed record ToolStep(string Name, string ArgumentsJson, int FragmentChars = 7) : FakeStep
{
    /// <summary>Null takes the next free id.</summary>
    public string? Id { get; init; }
}

/// <summary>Says nothing until the task has completed.</summary>
public sealed record WaitStep(Task Until) : FakeStep;

/// <summary>Says nothing for a while; for the program only, tests use <see cref="WaitStep"/>.</summary>
public sealed record PauseStep(TimeSpan Duration) : FakeStep;

/// <summary>Says nothing until the client goes away.</summary>
public sealed record HangStep : FakeStep;

/// <summary>Resets the connection.</summary>
public sealed record CutStep : FakeStep;

/// <summary>Ends the body without an end marker.</summary>
public sealed record EndEarlyStep : FakeStep;

/// <summary>Writes this text into the body as it is.</summary>
public sealed record RawStep(string Text) : FakeStep;
