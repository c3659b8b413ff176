using OpenClaw.Gateway.Bus.Calls;
using OpenClaw.Gateway.Bus.Leases;
using OpenClaw.Gateway.Bus.Maps;
using OpenClaw.Gateway.Bus.Queues;
using OpenClaw.Gateway.Bus.Topics;

namespace OpenClaw.Gateway.Bus;

/// <summary>
/// How the parts of the gateway reach each other, whether they share a process or not. Five primitives, each with
/// the weakest promise its users can live with.
/// </summary>
/// <remarks>
/// <para>What normally happens to a reachable or unreachable bus is in the result types. A primitive without a result
/// type for it (map reads and writes, inspection of queues) throws <see cref="BusUnavailableException"/>.</para>
/// <para>A buffer that is passed in may be reused as soon as the returned task has completed.</para>
/// <para>Names of topics, services, leases and maps are 1 to 512 characters without control characters; names of
/// queues are 1 to 128 of <c>A-Z a-z 0-9 . _ : -</c> and start with a letter or digit. Anything else is a bug of
/// the caller and throws <see cref="ArgumentException"/>.</para>
/// </remarks>
public interface IBus
{
    /// <summary>Fan-out, at most once, ordered per publisher.</summary>
    ITopics Topics { get; }

    /// <summary>One request, one answer, with a deadline.</summary>
    ICalls Calls { get; }

    /// <summary>Durable work, at least once, ordered per key.</summary>
    IQueues Queues { get; }

    /// <summary>At most one owner of a name, with a fencing token.</summary>
    ILeases Leases { get; }

    /// <summary>Shared entries with time to live and change notice.</summary>
    IMaps Maps { get; }

    /// <summary>Whether the bus works right now. Cheap; never waits for the bus.</summary>
    BusHealth Health { get; }
}
