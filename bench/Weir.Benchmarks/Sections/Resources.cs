namespace Weir.Benchmarks.Sections;

/// <summary>The part of the table that several sections add to.</summary>
internal static class Resources
{
    public const string Section = "Resources of the server";

    public static double MebiBytes(long bytes) => bytes / (double)(1 << 20);
}
