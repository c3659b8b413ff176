namespace OpenClaw.Benchmarks;

internal static class Program
{
    private static void Main()
    {
    }
}
