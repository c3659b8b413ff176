namespace OpenClaw.Gateway.Bus;

/// <summary>The bus, or the part of it that was asked, cannot be reached or written now. Trying again later is right.</summary>
public class BusUnavailableException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What could not be done, and where.</param>
    /// <param name="innerException">The failure underneath, if there was one.</param>
    public BusUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>When trying again is worth it; 1 s unless the bus knows better.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
