using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>Where the things of queues are.</summary>
internal static class RedisQueueKeys
{
    /// <summary>What all keys of a queue start with. The braces keep them together should the server be a cluster.</summary>
    public static RedisKey Base(RedisBusOptions options, string queue) => options.KeyPrefix + "queue:{" + queue + "}:";

    /// <summary>The set of the names of all queues.</summary>
    public static RedisKey All(RedisBusOptions options) => options.KeyPrefix + "queues";

    /// <summary>Where it is told that there is work.</summary>
    public static string Hints(RedisBusOptions options, string queue) => options.KeyPrefix + "queue:{" + queue + "}:hint";
}
