namespace OpenClaw.Gateway.Client.Connections;

/// <summary>How to wait for an answer.</summary>
public sealed record GatewayRequestOptions
{
    /// <summary>How a request waits when nothing else is said.</summary>
    public static GatewayRequestOptions Default { get; } = new();

    /// <summary>Time to wait for the answer; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> waits as long as the connection lives. 30 s by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether an answer with <c>status:"accepted"</c> is only the first of two. A method that answers once is not affected.
    /// </summary>
    public bool ExpectFinal { get; init; }

    /// <summary>Told about that first answer. Runs on the receiving task: it must be short and must not throw.</summary>
    public Action<GatewayResponse>? Accepted { get; init; }
}
