namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>
/// How much memory the bodies of all requests may take at once. A large one costs several times its size until its pictures are text
/// for the model and in the transcript, so a few of them at the same time are the most that a small machine bears.
/// </summary>
/// <param name="bytes">Most bytes of bodies that are held at once.</param>
internal sealed class BodyBudget(long bytes = BodyBudget.DefaultBytes)
{
    /// <summary>Three of the largest that the endpoints take (20 MiB each), and room for the small ones beside them.</summary>
    public const long DefaultBytes = 64 << 20;

    private long _left = bytes;

    /// <summary>A share of nothing yet, for one body. Disposing gives it back.</summary>
    public Share Open() => new(this);

    internal sealed class Share(BodyBudget budget) : IDisposable
    {
        private long _taken;

        /// <summary>Has <paramref name="bytes"/> in all from now on; false when there are not so many left.</summary>
        public bool TryGrowTo(long bytes)
        {
            var more = bytes - _taken;
            if (Interlocked.Add(ref budget._left, -more) < 0)
            {
                Interlocked.Add(ref budget._left, more);
                return false;
            }
            _taken = bytes;
            return true;
        }

        public void Dispose() => Interlocked.Add(ref budget._left, Interlocked.Exchange(ref _taken, 0));
    }
}
