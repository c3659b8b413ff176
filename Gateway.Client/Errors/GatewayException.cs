namespace OpenClaw.Gateway.Client.Errors;

/// <summary>A gateway could not be reached, or went away. Refusals of single requests are data: <see cref="Connections.GatewayResponse"/>.</summary>
public abstract class GatewayException : Exception
{
    /// <summary>A failure described by <paramref name="summary"/>, followed by the lines that say where the client was connecting to.</summary>
    protected GatewayException(string summary, string? connectionDetails, Exception? inner = null)
        : base(connectionDetails is null ? summary : summary + "\n" + connectionDetails, inner)
    {
        Summary = summary;
    }

    /// <summary>The first line of the message: what happened, without the connection details.</summary>
    public string Summary { get; }
}
