using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace OpenClaw.Gateway.Bus.Redis;

/// <summary>One of the programs under <c>Scripts/</c>. Redis runs each as a whole, so each is one atomic step.</summary>
internal sealed class RedisScript
{
    private static readonly string Prelude = Read("prelude");

    private RedisScript(string name, string shared = "")
    {
        Name = name;
        Text = Prelude + shared + Read(name);
        // Redis names scripts by this hash; nothing relies on its strength.
#pragma warning disable CA5350
        Hash = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(Text)));
#pragma warning restore CA5350
    }

    public static RedisScript LeaseAcquire { get; } = new("lease-acquire");

    public static RedisScript LeaseRenew { get; } = new("lease-renew");

    public static RedisScript LeaseRelease { get; } = new("lease-release");

    public static RedisScript LeaseFind { get; } = new("lease-find");

    public static RedisScript Membership { get; } = new("membership");

    public static RedisScript MapGet { get; } = Map("map-get");

    public static RedisScript MapList { get; } = Map("map-list");

    public static RedisScript MapSet { get; } = Map("map-set");

    public static RedisScript MapTouch { get; } = Map("map-touch");

    public static RedisScript MapRemove { get; } = Map("map-remove");

    public static RedisScript MapSweep { get; } = Map("map-sweep");

    public static RedisScript Call { get; } = new("call");

    public static RedisScript CallRegister { get; } = new("call-register");

    public static RedisScript CallUnregister { get; } = new("call-unregister");

    public static RedisScript QueueAppend { get; } = Queue("queue-append");

    public static RedisScript QueueJoin { get; } = Queue("queue-join");

    public static RedisScript QueueLeave { get; } = Queue("queue-leave");

    public static RedisScript QueueTake { get; } = Queue("queue-take");

    public static RedisScript QueueRenew { get; } = Queue("queue-renew");

    public static RedisScript QueueSettle { get; } = Queue("queue-settle");

    public static RedisScript QueueReplay { get; } = Queue("queue-replay");

    public static RedisScript QueueDrop { get; } = Queue("queue-drop");

    public static RedisScript QueueDropWaiting { get; } = Queue("queue-drop-waiting");

    public static RedisScript QueueBefore { get; } = Queue("queue-before");

    public static RedisScript QueuePeek { get; } = Queue("queue-peek");

    public static RedisScript QueueDead { get; } = Queue("queue-dead");

    public static RedisScript QueueStatistics { get; } = Queue("queue-statistics");

    /// <summary>All of them, to be loaded before a connection is used.</summary>
    public static IReadOnlyList<RedisScript> All { get; } =
    [
        LeaseAcquire, LeaseRenew, LeaseRelease, LeaseFind, Membership, MapGet, MapList, MapSet, MapTouch, MapRemove, MapSweep, Call, CallRegister, CallUnregister,
        QueueAppend, QueueJoin, QueueLeave, QueueTake, QueueRenew, QueueSettle, QueueReplay, QueueDrop, QueueDropWaiting, QueueBefore, QueuePeek, QueueDead, QueueStatistics,
    ];

    public string Name { get; }

    public string Text { get; }

    public RedisValue Hash { get; }

    private static RedisScript Map(string name) => new(name, Read("map"));

    private static RedisScript Queue(string name) => new(name, Read("queue"));

    private static string Read(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"Script {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
