namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Something that lives longer than a connection and has to do with its coming and going.</summary>
internal interface IRedisParticipant
{
    /// <summary>Makes itself at home on a new connection, before anybody else may use it.</summary>
    /// <exception cref="BusUnavailableException">That failed; the connection is given up, and the next one tried.</exception>
    Task RecoverAsync(RedisLink link, CancellationToken cancellationToken);

    /// <summary>The connection is gone.</summary>
    void Disconnected(string reason);
}
