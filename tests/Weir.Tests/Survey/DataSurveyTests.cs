using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Weir.Broker.Survey;
using Weir.Engine.State;
using Weir.Journal;
using Weir.Tests.Golden;
using Xunit;

namespace Weir.Tests.Survey;

/// <summary>A data directory is damaged in every way, and looked at: what is said of it must be so.</summary>
public sealed class DataSurveyTests : IAsyncLifetime
{
    private const int Iterations = 150;
    private const int BlockBytes = 4096;

    private readonly string _root = Directory.CreateTempSubdirectory("weir-survey-").FullName;
    private int _copies;

    private string Healthy => Path.Combine(_root, "healthy");

    public async ValueTask InitializeAsync() => await GoldenScenario.WriteAsync(Healthy);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_healthy_directory_is_told_message_by_message_and_stays_as_it_was()
    {
        var before = Digest(Healthy);
        using var survey = Take(Healthy);

        Assert.Null(survey.Damage);
        Assert.All(survey.Files, file => Assert.Null(file.Problem));
        Assert.Contains(survey.Files, file => file.Kind == SurveyedKind.Checkpoint);
        Assert.Equal(AllTexts(), Texts(survey).Order(StringComparer.Ordinal));
        Assert.All(survey.ReadMessages(), message => Assert.True(message.IsCertain));
        Assert.Equal(0, survey.UnreadableMessages);
        Assert.Equal(before, Digest(Healthy));
    }

    [Fact]
    public void A_flipped_bit_is_found_or_harms_nothing() => Gen.Select(Gen.Int[0, 99], Gen.Double[0, 1], Gen.Int[0, 7])
        .Sample((file, place, bit) => Judge(Change(file, bytes =>
        {
            bytes[(int)(place * (bytes.Length - 1))] ^= (byte)(1 << bit);
            return bytes;
        })), iter: Iterations, threads: 1);

    [Fact]
    public void A_file_that_was_cut_is_found() => Gen.Select(Gen.Int[0, 99], Gen.Double[0, 0.999])
        .Sample((file, keep) =>
        {
            var directory = Change(file, bytes => bytes[..(int)(keep * bytes.Length)]);
            using var survey = Take(directory);
            Assert.NotNull(survey.Damage);
            Judge(directory);
        }, iter: Iterations / 3, threads: 1);

    [Fact]
    public void Swapped_blocks_are_found_or_harm_nothing() => Gen.Select(Gen.Int[0, 99], Gen.Int[1, 15], Gen.Int[1, 15])
        .Sample((file, one, other) => Judge(Change(file, bytes =>
        {
            if (bytes.Length < 16 * BlockBytes) return bytes;
            var block = bytes.AsSpan(one * BlockBytes, BlockBytes).ToArray();
            bytes.AsSpan(other * BlockBytes, BlockBytes).CopyTo(bytes.AsSpan(one * BlockBytes));
            block.CopyTo(bytes.AsSpan(other * BlockBytes));
            return bytes;
        })), iter: Iterations / 3, threads: 1);

    [Fact]
    public void Segments_whose_files_were_swapped_are_as_good_as_before()
    {
        var directory = Copy();
        var (one, other) = (Path.Combine(directory, "segment-0001.log"), Path.Combine(directory, "segment-0002.log"));
        File.Move(one, one + ".kept");
        File.Move(other, one);
        File.Move(one + ".kept", other);
        Judge(directory);
        using var survey = Take(directory);
        Assert.Equal(AllTexts(), Texts(survey).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_segment_that_is_gone_is_found()
    {
        using var healthy = Take(Healthy);
        var segments = healthy.Files.Where(file => file is { Kind: SurveyedKind.Segment, Frames: > 0 }).ToList();
        Assert.NotEmpty(segments);
        foreach (var segment in segments)
        {
            var directory = Copy();
            File.Delete(Path.Combine(directory, segment.Name));
            using var survey = Take(directory);
            Assert.NotNull(survey.Damage);
            Judge(directory);
        }
    }

    [Fact]
    public void What_lies_behind_the_damage_is_told_and_called_uncertain()
    {
        using var healthy = Take(Healthy);
        var checkpoint = Assert.Single(healthy.Files, file => file.Kind == SurveyedKind.Checkpoint);
        var directory = Copy();
        Flip(Path.Combine(directory, checkpoint.Name), checkpoint.Bytes / 2);
        using var survey = Take(directory);

        // Without its checkpoint nothing is certain, and everything that was sent and not deleted is still there.
        Assert.Contains(checkpoint.Name, survey.Damage, StringComparison.Ordinal);
        var found = survey.ReadMessages().ToList();
        Assert.All(found, message => Assert.False(message.IsCertain));
        Assert.True(survey.FramesBehind > 0);
        Assert.Equal(AllTexts(), found.Select(TextOf).Order(StringComparer.Ordinal));
    }

    /// <summary>A broker and the survey agree, nothing is invented, and what is certain was there.</summary>
    private static void Judge(string directory)
    {
        using var survey = Take(directory);
        var texts = Texts(survey);
        Assert.Subset(AllTexts().ToHashSet(), texts.ToHashSet());
        Assert.Equal(texts.Count, texts.Distinct().Count());
        Assert.Equal(survey.Damage is null, Starts(directory));
    }

    private static bool Starts(string directory)
    {
        try
        {
            var broker = GoldenScenario.Open(
                directory, new FakeTimeProvider(GoldenScenario.WrittenAt), asItWasWritten: true);
            broker.DisposeAsync().AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (Exception refusal) when (refusal is JournalCorruptException or StateCorruptException)
        {
            return false;
        }
    }

    private static DataSurvey Take(string directory) => DataSurvey.Take(directory, new FileDisk(), _ => { });

    private static List<string> Texts(DataSurvey survey) =>
        [.. survey.ReadMessages().Where(message => message.Content is not null).Select(TextOf)];

    private static string TextOf(SurveyedMessage message) => Encoding.UTF8.GetString(message.Content!.Body.Span);

    private static IEnumerable<string> AllTexts() =>
        Enumerable.Range(1, GoldenScenario.Orders).Select(i => $"order {i}")
            .Concat(Enumerable.Range(1, GoldenScenario.DeadLetters).Select(i => $"letter {i}"))
            .Concat(Enumerable.Range(1, GoldenScenario.Steps).Select(i => $"step {i}"))
            .Append("delayed")
            .Order(StringComparer.Ordinal);

    private static string Digest(string directory) => string.Join('\n', Directory.GetFiles(directory)
        .Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    private static void Flip(string path, long offset)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[offset] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private string Change(int file, Func<byte[], byte[]> change)
    {
        var directory = Copy();
        var files = Directory.GetFiles(directory).Order(StringComparer.Ordinal).ToArray();
        var path = files[file % files.Length];
        File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
        return directory;
    }

    private string Copy()
    {
        var directory = Path.Combine(_root, $"copy-{++_copies}");
        Directory.CreateDirectory(directory);
        foreach (var file in Directory.GetFiles(Healthy))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
        return directory;
    }
}
