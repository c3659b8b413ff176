namespace OpenClaw.Fakes.OpenAi;

internal static class Program
{
    private static void Main()
    {
    }
}
