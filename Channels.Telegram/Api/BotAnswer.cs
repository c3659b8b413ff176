namespace OpenClaw.Channels.Telegram.Api;

/// <summary>What came of a call.</summary>
internal enum BotOutcome
{
    /// <summary>Done.</summary>
    Ok = 1,

    /// <summary>The API says no, with a code of 4xx.</summary>
    Refused,

    /// <summary>The API says not now.</summary>
    RateLimited,

    /// <summary>A code of 5xx, from the API or what stands before it. By the API's own practice nothing was done.</summary>
    ServerError,

    /// <summary>No connection: nothing can have been done.</summary>
    NotSent,

    /// <summary>The request went out and no answer came, or none that can be read: it may have been done.</summary>
    Unknown,
}

/// <summary>The answer to a call.</summary>
/// <typeparam name="T">Type of the result.</typeparam>
/// <param name="Outcome">What came of it.</param>
internal sealed record BotAnswer<T>(BotOutcome Outcome)
{
    /// <summary>The result, when <see cref="BotOutcome.Ok"/>.</summary>
    public T? Result { get; init; }

    /// <summary>The API's code, when there was an answer.</summary>
    public int Code { get; init; }

    /// <summary>What went wrong, in one line that names neither the token nor an address with it.</summary>
    public string Error { get; init; } = "";

    /// <summary>How long the API wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The group has become this one.</summary>
    public long? MigrateToChatId { get; init; }

    /// <summary>Nothing came before the time was over.</summary>
    public bool IsTimeout { get; init; }

    /// <summary>Of the answer that could not be read as much came as to know that it was done.</summary>
    public bool SaidOk { get; init; }

    /// <summary>The message that was made, where <see cref="SaidOk"/> came with it.</summary>
    public long? MessageId { get; init; }

    public bool IsOk => Outcome is BotOutcome.Ok;

    /// <summary>The API refused it with these words.</summary>
    public bool Says(string words) => Outcome is BotOutcome.Refused && Error.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same failure, of another type.</summary>
    public BotAnswer<TOther> As<TOther>() => new(Outcome) { Code = Code, Error = Error, RetryAfter = RetryAfter, MigrateToChatId = MigrateToChatId };
}
