# biber, begun once -> a .bbl for each request: the script `biber` as it is installed, up to where its work begins, and
# from there on in a fork for each request, so that no request finds what another one left.
#
#   perl biber_server.pl SCRIPT
#
# The modules are loaded at once. Then lines are read from the standard input, fields apart by tabs:
#   1. «option... control»  the command line of biber, whose control file (.bcf) names no work: it is read.
#   2. «folder job»         any number of requests: in `folder`, for the works in `job.keys`, the .bib that the control
#                           file names is read, and `job.bbl` and `job.blg` are written. One line is answered, «status».
# `job.keys` has a row for each citation, as <bcf:citekey> has it: «key order intorder nocite».
# `job.names` is written beside the .bbl: «name key hash» tells by which hash biber counts the works of the same
# people, and «digit 1 hash» how it writes the first digit of a number (`sortinithash`).
# With the end of its input, which comes with the end of whoever started it, this program ends too.
use v5.24;
use strict;
use warnings;
use POSIX ();
use Unicode::Normalize ();
use Digest::MD5 ();
use Encode ();

my $script = shift @ARGV;
my $job;

open main::ANSWERS, '>&', \*STDOUT or die;
select((select(main::ANSWERS), $| = 1)[0]);
open STDOUT, '>', '/dev/null' or die;

open my $file, '<:encoding(UTF-8)', $script or die "no biber";
my $first = <$file> // '';
$first =~ /\A#!.*\bperl\b/ or die "a biber that is no script";
my $text = do { local $/; <$file> };
close $file;
$text =~ s/^(# Do all the real work\n)/main::serve(\$biber, \$biberoutput);\n$1/m or die "another biber";
$text =~ s/^(\$biberoutput->output;\n)/$1main::tell_names(\$biber);\n/m or die "another biber";

# Biber::Input::file::bibtex may not be loaded yet: it copies the data model, which the control file defines.
require Biber;
require Biber::Utils;
require Biber::Output::bbl;
require Biber::UCollate;
require Text::BibTeX;
require XML::LibXML::Simple;

my $line = <STDIN> // exit 0;
chomp $line;
@ARGV = split /\t/, $line;
$0 = $script;
my $code = "package main;\n#line 2 \"$script\"\n$text";
eval $code;
die $@ if $@;

# Answer requests; in the fork that does one, return, so that biber goes on with it.
sub serve {
  my ($biber, $output) = @_;
  $biber->process_setup;
  { no warnings qw(redefine once); *Biber::process_setup = sub {}; }    # the data model is made once
  $biber->{warnings} = [grep { !/does not contain any citations!/ } @{$biber->{warnings} // []}];
  require Biber::Input::file::bibtex;
  eval { Biber::UCollate->new('es') };                           # its tables are read once
  while (defined(my $request = <STDIN>)) {
    chomp $request;
    my $child = fork // die "no fork";
    if (not $child) {
      begin_request($biber, $output, split /\t/, $request);
      return;
    }
    waitpid $child, 0;
    printf main::ANSWERS "%d\n", $? ? ($? >> 8 || 255) : 0;
  }
  $biber->{TEMPDIR}->DESTROY;
  POSIX::_exit(0);    # to take all apart that was read takes longer than to drop it
}

# Be the biber of this request: as if it had been started for it alone.
sub begin_request {
  my ($biber, $output, $folder);
  ($biber, $output, $folder, $job) = @_;
  alarm 170;
  close main::ANSWERS;
  open STDIN, '<', '/dev/null' or POSIX::_exit(3);
  chdir $folder or POSIX::_exit(3);
  $biber->{TEMPDIR} = File::Temp->newdir('biber_tmp_XXXX', TMPDIR => 1, CLEANUP => 1);
  $biber->{TEMPDIRNAME} = $biber->{TEMPDIR}->dirname;
  Log::Log4perl->appender_by_name('Logfile')->file_switch("$job.blg");
  my $section = $biber->sections->get_section(0);
  open my $rows, '<:encoding(UTF-8)', "$job.keys" or POSIX::_exit(4);
  my @keys;
  while (<$rows>) {
    chomp;
    my ($key, $order, $inner, $nocite) = split /\t/;
    $key = Unicode::Normalize::NFD($key);
    if (not $section->get_seenkey($key)) {
      if ($nocite) { $section->add_nocite($key) }
      else { $section->add_cite($key) }
      Biber::Config->set_keyorder(0, $key, $order);
      Biber::Config->set_internal_keyorder(0, $key, $inner) if $inner;
      push @keys, $key;
    }
    $section->incr_seenkey($key);
  }
  $section->add_citekeys(@keys);
  $output->set_output_target($output->set_output_target_file("$job.bbl", 1));
}

sub tell_names {
  my ($biber) = @_;
  open my $file, '>:encoding(UTF-8)', "$job.names" or return;
  for my $list ($biber->datalists->get_lists_for_section(0)->@*) {
    for my $key ($list->get_keys->@*) {
      printf $file "name\t%s\t%s\n", $key, $list->get_entryfield($key, 'labelnamehash') // '';
    }
    for my $digit (1 .. 9) {
      printf $file "digit\t%d\t%s\n", $digit, Digest::MD5::md5_hex($list->{sortinitcollator}->viewSortKey($digit));
    }
  }
  close $file;
}
