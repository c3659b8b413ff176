using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Redis answered that it will not: memory is full, its disk fails, it loads, it is a replica. Nothing was done.</summary>
internal sealed class RedisRefusedException(string message, Exception? innerException = null) : BusUnavailableException(message, innerException);

/// <summary>The answer did not come, so the command may have been carried out.</summary>
internal sealed class RedisInterruptedException(string message, Exception? innerException = null) : BusUnavailableException(message, innerException);

/// <summary>What the client's exceptions mean for the bus.</summary>
internal static class RedisErrors
{
    /// <summary>Null when the exception is not about Redis or the way there.</summary>
    public static BusUnavailableException? Translate(Exception exception) => exception switch
    {
        BusUnavailableException known => known,
        RedisServerException refused => new RedisRefusedException($"Redis refuses: {Cut(refused.Message)}", exception),
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => new BusUnavailableException("Redis does not accept the password, or wants one.", exception),
        RedisConnectionException { FailureType: ConnectionFailureType.UnableToResolvePhysicalConnection } => new BusUnavailableException($"Redis cannot be reached ({Kind(exception)}).", exception),
        RedisConnectionException or ObjectDisposedException or TaskCanceledException => new RedisInterruptedException($"The connection to Redis was lost ({Kind(exception)}).", exception),
        TimeoutException => new RedisInterruptedException("Redis did not answer in time.", exception),
        RedisException or IOException or System.Net.Sockets.SocketException or System.Security.Authentication.AuthenticationException =>
            new RedisInterruptedException($"Redis cannot be reached: {Cut(exception.Message)}", exception),
        _ => null,
    };

    /// <summary>Why a connection could not be made. The client says it only in its text, and quotes addresses there, but no secrets.</summary>
    public static string WhyNotConnected(Exception exception) => exception.Message switch
    {
        _ when exception is BusUnavailableException => exception.Message,
        var text when text.Contains("AuthenticationFailure", StringComparison.Ordinal) && IsAboutTls(exception) => "The TLS handshake with Redis failed: the certificate is not trusted, or not for this name.",
        var text when text.Contains("AuthenticationFailure", StringComparison.Ordinal) || text.Contains("NOAUTH", StringComparison.Ordinal) || text.Contains("WRONGPASS", StringComparison.Ordinal)
            => "Redis does not accept the password, or wants one.",
        var text when text.Contains("Loading", StringComparison.Ordinal) || text.Contains("LOADING", StringComparison.Ordinal) => "Redis is loading its data.",
        _ when exception is RedisConnectionException or TimeoutException or IOException => "Redis cannot be reached.",
        var text => $"Redis cannot be used: {Cut(text)}",
    };

    private static bool IsAboutTls(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is System.Security.Authentication.AuthenticationException)
                return true;
        }
        return false;
    }

    private static string Kind(Exception exception) => exception is RedisConnectionException connection ? connection.FailureType.ToString() : exception.GetType().Name;

    private static string Cut(string text) => text.Length > 200 ? text[..200] : text;
}
